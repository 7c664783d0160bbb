/// Returns integers as NumPy prints an array of them: in brackets, aligned, in lines of at most 75 characters.
///
/// Of more than 1000 integers it has the first three and the last three, as NumPy does.
///
/// ```swift
/// print(numpyText([1, 20, 3]))   // [ 1 20  3]
/// ```
///
/// - Complexity: O(*n*) for *n* integers.
public func numpyText(_ array: [some BinaryInteger]) -> String {
    let isLong = array.count > 1000
    let numbers = (isLong ? array.prefix(3) + array.suffix(3) : array[...]).map { "\($0)" }
    let width = numbers.map(\.count).max() ?? 0
    var cells = numbers.map { String(repeating: " ", count: width - $0.count) + $0 }
    if isLong { cells.insert("...", at: 3) }

    var lines: [String] = []
    for cell in cells {
        if let line = lines.last, line.count + 1 + cell.count < 74 {
            lines[lines.count - 1] = line + " " + cell
        } else {
            lines.append(cell)
        }
    }
    return "[" + lines.joined(separator: "\n ") + "]"
}
