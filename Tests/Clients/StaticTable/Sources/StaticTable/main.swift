import Foundation
import Tables

let file = FileManager.default.temporaryDirectory.appending(path: "static-table-\(UUID()).csv")
try "name,age\nAda,36\nKarl,\n".write(to: file, atomically: true, encoding: .utf8)
defer { try? FileManager.default.removeItem(at: file) }
print(try readCSV(file).numbers("age"))
