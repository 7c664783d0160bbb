import Foundation
import ModelSelection

/// The URL of a database, of which nothing secret is ever shown.
struct DatabaseAddress: Sendable, CustomStringConvertible {
    /// With the password.
    let url: String

    /// `postgres://user@host/database`.
    let description: String

    private let secrets: [String]

    /// - Throws: `SearchStoreError` for anything but a URL that libpq can read. It does not repeat the URL.
    init(_ url: String, _ libpq: LibPQ) throws {
        guard let parts = DatabaseAddress.parts(of: url),
            let passwords = DatabaseAddress.passwords(in: url, libpq)
        else {
            throw SearchStoreError(
                "the URL must have the form postgres://user:password@host:port/database, in which special characters of "
                    + "the password are percent-encoded (@ as %40, / as %2F), but it has not.")
        }
        self.url = url
        description = parts.shown
        secrets = ([parts.password, parts.password.removingPercentEncoding ?? ""] + passwords).filter { !$0.isEmpty }
    }

    /// The text without passwords, in one line.
    func cleaned(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace))
        }
        return secrets.reduce(lines.joined(separator: " ")) { $0.replacing($1, with: "…") }
    }

    /// The URL without its password and its query, and the password as it is written there.
    ///
    /// An `@` elsewhere than before the host belongs to a password that is not encoded.
    private static func parts(of url: String) -> (shown: String, password: String)? {
        guard let scheme = ["postgres://", "postgresql://"].first(where: url.hasPrefix) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let address = rest.prefix { $0 != "?" }
        let authority = address.prefix { $0 != "/" }
        let pieces = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard pieces.count <= 2, !address.dropFirst(authority.count).contains("@"),
            pieces.count == 2 || !rest.contains("@")
        else { return nil }
        guard pieces.count == 2 else { return (scheme + address, "") }
        let user = pieces[0].prefix { $0 != ":" }
        return (scheme + user + address.dropFirst(pieces[0].count), String(pieces[0].dropFirst(user.count + 1)))
    }

    /// The passwords that libpq finds in the URL; nil where it cannot read it.
    private static func passwords(in url: String, _ libpq: LibPQ) -> [String]? {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = libpq.parse(url, &message) else {
            libpq.freeText(message)
            return nil
        }
        defer { libpq.freeParsed(options) }
        // An option has six texts, the first its name and the fourth its value, and a number.
        typealias Option = (
            name: UnsafePointer<CChar>?, variable: UnsafePointer<CChar>?, standard: UnsafePointer<CChar>?,
            value: UnsafePointer<CChar>?, label: UnsafePointer<CChar>?, shown: UnsafePointer<CChar>?, size: CInt
        )
        var passwords: [String] = []
        var option = options.assumingMemoryBound(to: Option.self)
        while let name = option.pointee.name {
            if let value = option.pointee.value, String(cString: name).hasSuffix("password") {
                passwords.append(String(cString: value))
            }
            option += 1
        }
        return passwords
    }
}
