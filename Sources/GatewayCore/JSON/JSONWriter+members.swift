/// Members in one line. A nil writes nothing, but behind `orNull`.
extension JSONWriter {
    /// A member that is an object.
    package mutating func object<Failure: Error>(
        _ name: String, _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try object(members)
    }

    /// A member that is an array.
    package mutating func array<Failure: Error>(
        _ name: String, _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try array(elements)
    }

    /// A member that is an array of objects, one for each element.
    package mutating func objects<Element, Failure: Error>(
        _ name: String, of elements: [Element], _ members: (inout JSONWriter, Element) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try array { (writer) throws(Failure) in
            for element in elements {
                try writer.object { (writer) throws(Failure) in try members(&writer, element) }
            }
        }
    }

    /// A member that is a string.
    package mutating func member(_ name: String, _ value: String?) { member(name, value) { $0.string($1) } }

    /// A member that is a whole number.
    package mutating func member(_ name: String, _ value: Int?) { member(name, value) { $0.integer($1) } }

    /// A member that is a number.
    package mutating func member(_ name: String, _ value: Double?) { member(name, value) { $0.number($1) } }

    /// A member that is a measure, with four digits behind the point.
    package mutating func member(_ name: String, rounded value: Float?) { member(name, value) { $0.rounded($1) } }

    /// A member that is `true` or `false`.
    package mutating func member(_ name: String, _ value: Bool?) { member(name, value) { $0.bool($1) } }

    /// A member that is JSON already.
    package mutating func member(_ name: String, _ value: JSONText?) { member(name, value) { $0.json($1) } }

    /// A member that is an array of whole numbers.
    package mutating func member(_ name: String, _ values: [Int]) {
        array(name) { for value in values { $0.integer(value) } }
    }

    /// A member that is a string, or `null`.
    package mutating func member(_ name: String, orNull value: String?) {
        if let value { member(name, value) } else { null(name) }
    }

    /// A member that is a whole number, or `null`.
    package mutating func member(_ name: String, orNull value: Int?) {
        if let value { member(name, value) } else { null(name) }
    }

    /// A member that is `null`.
    package mutating func null(_ name: String) {
        key(name)
        null()
    }

    private mutating func member<Value>(
        _ name: String, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void
    ) {
        guard let value else { return }
        key(name)
        write(&self, value)
    }
}
