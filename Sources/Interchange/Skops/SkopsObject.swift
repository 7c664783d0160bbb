/// An object in a file of skops: what ``SkopsReadable`` types are read from.
///
/// Its accessors read it as one type or another, and throw an error that names its place and the type found where it is
/// of none of those asked for.
public struct SkopsObject {
    let file: SkopsFile
    let value: JSONValue
    /// How the object is reached from the root: `coefs_[0]`.
    let place: String

    /// The name of its type in Python, with the module.
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
    /// The attributes of an instance of a class.
    ///
    /// - Throws: ``InterchangeError/unsupportedType(place:found:allowed:)`` where it is of another.
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

        /// The most attributes that an instance may have; scikit-learn's have some forty.
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

        /// The attribute; nil where there is none, or it is `None`.
        subscript(optional name: String) -> SkopsObject? {
            guard let value = values[name] else { return nil }
            let place = owner.place == "the file" ? name : "\(owner.place).\(name)"
            let object = SkopsObject(file: owner.file, value: value, place: place)
            return object.isNone ? nil : object
        }

        /// The attribute.
        ///
        /// - Throws: ``InterchangeError/malformed(place:problem:)`` where there is none.
        subscript(name: String) -> SkopsObject {
            get throws {
                guard let object = self[optional: name] else { throw owner.malformed("has no attribute \(name)") }
                return object
            }
        }
    }

    /// Whether it is an instance of one of NumPy's generators.
    var isRandomState: Bool { loader == "RandomStateNode" || loader == "RandomGeneratorNode" }
}

// MARK: - Simple values

extension SkopsObject {
    /// The value of a simple object, which is JSON in a string of JSON.
    private var simple: JSONValue? {
        guard loader == "JsonNode", let text = value["content"]?.string else { return nil }
        return JSONText(Array(text.utf8)[...])?.value
    }

    private var isNone: Bool { simple?.isNull ?? false }

    /// A number of Python's or NumPy's.
    var number: Double {
        get throws {
            if let number = simple?.number { return number }
            guard let number = try scalarArray()?.numbers(Double.self)?.first else { throw unsupported("a number") }
            return number
        }
    }

    /// An integer of Python's or NumPy's.
    var integer: Int {
        get throws {
            if let integer = simple?.integer { return integer }
            guard let integer = try scalarArray()?.integers()?.first else { throw unsupported("an integer") }
            return integer
        }
    }

    /// A truth value of Python's or NumPy's; a number counts as true where it is not 0, as it does in Python.
    var bool: Bool {
        get throws {
            if let bool = simple?.bool { return bool }
            return try number != 0
        }
    }

    /// A string.
    var string: String {
        get throws {
            if let string = simple?.string { return string }
            guard let string = try scalarArray()?.strings()?.first else { throw unsupported("a string") }
            return string
        }
    }

    /// The case of that name of a type whose cases have Python's names.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type = Choice.self) throws -> Choice {
        let name = try string
        guard let choice = Choice(rawValue: name) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
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
    /// The elements of a list, a tuple, or an array of objects.
    var elements: [SkopsObject] {
        get throws {
            let isArrayOfObjects = loader == "NdArrayNode" && value["type"]?.string == "json"
            guard loader == "ListNode" || loader == "TupleNode" || isArrayOfObjects,
                let elements = value["content"]?.elements
            else { throw unsupported("a list or a tuple") }
            return elements.enumerated().map { SkopsObject(file: file, value: $1, place: "\(place)[\($0)]") }
        }
    }

    /// An array of NumPy's.
    var array: NumPyArray {
        get throws {
            guard loader == "NdArrayNode", value["type"]?.string == "numpy", let name = value["file"]?.string else {
                throw unsupported("an array of NumPy's")
            }
            return try file.array(name, place: place)
        }
    }
}
