/// An object in a skops file, from which ``SkopsReadable`` types are read.
///
/// Each accessor reads the object as one type. It throws an error with the object's place and type if the type is
/// different.
public struct SkopsObject {
    let file: SkopsFile
    let value: JSONValue
    /// The path from the root to this object: `coefs_[0]`.
    let place: String

    /// The name of its Python type, including the module.
    var typeName: String {
        let name = [value["__module__"]?.string, value["__class__"]?.string].compactMap(\.self).joined(separator: ".")
        return name.isEmpty ? "an object without a type" : name
    }

    private var loader: String? { value["__loader__"]?.string }

    func unsupported(_ allowed: String, found: String? = nil) -> InterchangeError {
        .unsupportedType(place: place, found: found ?? typeName, allowed: allowed)
    }

    func malformed(_ problem: String) -> InterchangeError { .malformed(place: place, problem: problem) }
}

// MARK: - Instances

extension SkopsObject {
    /// Returns the attributes of an instance of a class.
    ///
    /// - Throws: ``InterchangeError/unsupportedType(place:found:allowed:)`` if it is an instance of another class.
    func attributes(of type: String) throws -> Attributes {
        guard loader == "ObjectNode", typeName == type else { throw unsupported(type) }
        guard let state = value["content"], state["__loader__"]?.string == "DictNode", let attributes = state["content"]
        else { throw malformed("has no attributes") }
        return try Attributes(owner: self, attributes)
    }

    /// The attributes of an instance, by name.
    struct Attributes {
        let owner: SkopsObject
        private var values: [String: JSONValue] = [:]

        /// The maximum number of attributes of an instance; scikit-learn's have about forty.
        private static let mostAttributes = 200

        fileprivate init(owner: SkopsObject, _ object: JSONValue) throws {
            self.owner = owner
            var values: [String: JSONValue] = [:]
            object.forEachMember { name, value in
                values[name] = value
                return values.count <= Attributes.mostAttributes
            }
            guard values.count <= Attributes.mostAttributes else {
                throw owner.malformed("has more than \(Attributes.mostAttributes) attributes")
            }
            self.values = values
        }

        /// The attribute; nil if it is missing or `None`.
        subscript(optional name: String) -> SkopsObject? {
            guard let value = values[name] else { return nil }
            let place = owner.place == "the file" ? name : "\(owner.place).\(name)"
            let object = SkopsObject(file: owner.file, value: value, place: place)
            return object.isNone ? nil : object
        }

        /// The attribute.
        ///
        /// - Throws: ``InterchangeError/malformed(place:problem:)`` if it is missing.
        subscript(name: String) -> SkopsObject {
            get throws {
                guard let object = self[optional: name] else { throw owner.malformed("has no attribute \(name)") }
                return object
            }
        }
    }

    /// Whether it is one of NumPy's random generators.
    var isRandomState: Bool { loader == "RandomStateNode" || loader == "RandomGeneratorNode" }
}

// MARK: - Simple values

extension SkopsObject {
    /// The value of a simple object, which is stored as JSON inside a JSON string.
    private var simple: JSONValue? {
        guard loader == "JsonNode", let text = value["content"]?.string else { return nil }
        return JSONText(Array(text.utf8)[...])?.value
    }

    /// Whether it is `None`.
    var isNone: Bool { simple?.isNull ?? false }

    /// The object as a Python or NumPy number.
    var number: Double {
        get throws {
            if let number = simple?.number { return number }
            guard let number = try scalarArray()?.numbers(Double.self)?.first else { throw unsupported("a number") }
            return number
        }
    }

    /// The object as a Python or NumPy integer.
    var integer: Int {
        get throws {
            if let integer = simple?.integer { return integer }
            guard let integer = try scalarArray()?.integers()?.first else { throw unsupported("an integer") }
            return integer
        }
    }

    /// The object as a Python or NumPy Boolean. As in Python, a number other than 0 is true.
    var bool: Bool {
        get throws {
            if let bool = simple?.bool { return bool }
            return try number != 0
        }
    }

    /// The object as a string.
    var string: String {
        get throws {
            if let string = simple?.string { return string }
            guard let string = try scalarArray()?.strings()?.first else { throw unsupported("a string") }
            return string
        }
    }

    /// Returns the case whose raw value is the string, for a type whose cases have Python's names.
    func choice<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
        of choices: [Choice] = Array(Choice.allCases)
    ) throws -> Choice {
        let name = try string
        guard let choice = Choice(rawValue: name), choices.contains(choice) else {
            let names = choices.map(\.rawValue).joined(separator: ", ")
            throw malformed("must be one of \(names), but is \(name)")
        }
        return choice
    }

    private func scalarArray() throws -> NumPyArray? {
        guard loader == "NdArrayNode", value["type"]?.string == "numpy" else { return nil }
        let array = try array
        return array.count == 1 ? array : nil
    }
}

// MARK: - Lists and arrays

extension SkopsObject {
    /// The elements of a list, a tuple or an array of objects.
    var elements: [SkopsObject] {
        get throws {
            let isArrayOfObjects = loader == "NdArrayNode" && value["type"]?.string == "json"
            guard loader == "ListNode" || loader == "TupleNode" || isArrayOfObjects,
                let elements = value["content"]?.elements
            else { throw unsupported("a list or a tuple") }
            return elements.enumerated().map { SkopsObject(file: file, value: $1, place: "\(place)[\($0)]") }
        }
    }

    /// The object as a NumPy array.
    var array: NumPyArray {
        get throws {
            guard loader == "NdArrayNode", value["type"]?.string == "numpy", let name = value["file"]?.string else {
                throw unsupported("an array of NumPy's")
            }
            return try file.array(name, place: place)
        }
    }
}
