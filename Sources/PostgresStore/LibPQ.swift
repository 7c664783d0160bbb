import ModelSelection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The functions of libpq, PostgreSQL's client library, that a store needs.
///
/// The library is opened at run time: programs build without its headers, and start without it.
struct LibPQ: Sendable {
    typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
    typealias Numbers = UnsafePointer<CInt>

    let connect: @convention(c) @Sendable (Texts?, Texts?, CInt) -> OpaquePointer?
    let ping: @convention(c) @Sendable (Texts?, Texts?, CInt) -> CInt
    let parse:
        @convention(c) @Sendable (UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?)
            -> UnsafeMutableRawPointer?
    let freeParsed: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void
    let freeText: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void
    let status: @convention(c) @Sendable (OpaquePointer?) -> CInt
    let errorMessage: @convention(c) @Sendable (OpaquePointer?) -> UnsafePointer<CChar>?
    let finish: @convention(c) @Sendable (OpaquePointer?) -> Void
    let prepare:
        @convention(c) @Sendable (
            OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, CInt, UnsafePointer<UInt32>?
        ) -> OpaquePointer?
    let execute:
        @convention(c) @Sendable (
            OpaquePointer?, UnsafePointer<CChar>?, CInt, Texts?, Numbers?, Numbers?, CInt
        ) -> OpaquePointer?
    let resultStatus: @convention(c) @Sendable (OpaquePointer?) -> CInt
    let errorField: @convention(c) @Sendable (OpaquePointer?, CInt) -> UnsafePointer<CChar>?
    let rows: @convention(c) @Sendable (OpaquePointer?) -> CInt
    let columns: @convention(c) @Sendable (OpaquePointer?) -> CInt
    let value: @convention(c) @Sendable (OpaquePointer?, CInt, CInt) -> UnsafePointer<CChar>?
    let isNull: @convention(c) @Sendable (OpaquePointer?, CInt, CInt) -> CInt
    let length: @convention(c) @Sendable (OpaquePointer?, CInt, CInt) -> CInt
    let clear: @convention(c) @Sendable (OpaquePointer?) -> Void

    #if os(macOS)
        static let usualNames =
            ["libpq.5.dylib", "libpq.dylib"]
            + ["/opt/homebrew", "/usr/local"].map { $0 + "/opt/libpq/lib/libpq.dylib" }
        private static let remedy = "brew install libpq"
    #else
        static let usualNames = ["libpq.so.5"]
        private static let remedy = "apt install libpq5"
    #endif

    /// Opens the library under the first of the names that works.
    ///
    /// - Throws: `SearchStoreError` with the remedy.
    init(names: [String] = usualNames) throws {
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
            throw SearchStoreError(
                "a search over PostgreSQL needs libpq, but \(names.joined(separator: " and ")) cannot be opened; "
                    + "install it: \(LibPQ.remedy).")
        }
        func function<Function>(_ name: String, as _: Function.Type = Function.self) throws -> Function {
            guard let address = dlsym(library, name) else {
                throw SearchStoreError("libpq has no function \(name); install version 12 or later: \(LibPQ.remedy).")
            }
            return unsafeBitCast(address, to: Function.self)
        }
        connect = try function("PQconnectdbParams")
        ping = try function("PQpingParams")
        parse = try function("PQconninfoParse")
        freeParsed = try function("PQconninfoFree")
        freeText = try function("PQfreemem")
        status = try function("PQstatus")
        errorMessage = try function("PQerrorMessage")
        finish = try function("PQfinish")
        prepare = try function("PQprepare")
        execute = try function("PQexecPrepared")
        resultStatus = try function("PQresultStatus")
        errorField = try function("PQresultErrorField")
        rows = try function("PQntuples")
        columns = try function("PQnfields")
        value = try function("PQgetvalue")
        isNull = try function("PQgetisnull")
        length = try function("PQgetlength")
        clear = try function("PQclear")
    }
}
