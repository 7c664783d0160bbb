extension StoredSubject {
    static func networks() throws -> [StoredSubject] { [] }
}
