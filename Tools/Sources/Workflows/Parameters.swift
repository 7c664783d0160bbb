import Foundation

/// Parameters that are set by their names, as `--set alpha=1e-3` does.
enum Parameters {
    /// A copy of `value` in which properties have been set by name, in the order of `changes`.
    ///
    /// Names may be written as scikit-learn writes them: `hidden_layer_sizes`. Values are JSON, or lists such as `100,50`,
    /// or words such as `tanh`.
    ///
    /// - Throws: `WorkflowError` for a name that there is not, or a value that the property does not take.
    static func setting<Value: Codable>(_ value: Value, _ changes: [(name: String, text: String)]) throws -> Value {
        let names = Mirror(reflecting: value).children.compactMap(\.label)
        return try changes.reduce(value) { value, change in
            let name = camelCase(change.name)
            guard names.contains(name) else {
                let hint =
                    name.mostSimilar(of: names).map { "did you mean \($0)?" }
                    ?? "there are \(names.joined(separator: ", "))"
                throw WorkflowError("--set \(change.name)=\(change.text): there is no such parameter; \(hint)")
            }
            var object = try JSONSerialization.jsonObject(with: Workflow.encoder.encode(value)) as? [String: Any] ?? [:]
            let example = object[name].map { "\($0)" }
            // A list may be written as its only number, as scikit-learn's hidden_layer_sizes may.
            let given = json(change.text)
            object[name] = object[name] is [Any] && given is NSNumber ? [given] : given
            do {
                return try Workflow.decoder.decode(Value.self, from: JSONSerialization.data(withJSONObject: object))
            } catch {
                let expected = example.map { ", such as \($0)" } ?? ""
                throw WorkflowError(
                    "--set \(change.name)=\(change.text): the value must be one that \(name) takes\(expected)")
            }
        }
    }

    /// `hidden_layer_sizes` as `hiddenLayerSizes`.
    static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        return (words.first ?? "") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func json(_ text: String) -> Any {
        let lists = text.split(separator: ",").compactMap { Int($0) }
        if text.contains(","), lists.count == text.split(separator: ",").count { return lists }
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        return value ?? text
    }
}
