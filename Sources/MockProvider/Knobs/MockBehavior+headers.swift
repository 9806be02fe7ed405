import NIOHTTP1

extension MockBehavior {
    /// Sets what the request's `x-mock-…` headers name. Throws `invalidKnob`, also for a name that is no knob, so
    /// that a test with a misspelt header fails instead of testing nothing.
    mutating func apply(_ headers: HTTPHeaders) throws(MockProviderError) {
        for (name, value) in headers where Self.mayBeKnob(name) {
            let lowered = name.lowercased()
            guard lowered.hasPrefix(MockKnob.headerPrefix) else { continue }
            guard let knob = MockKnob(rawValue: String(lowered.dropFirst(MockKnob.headerPrefix.utf8.count))) else {
                let known = MockKnob.allCases.map(\.headerName).joined(separator: ", ")
                throw MockProviderError(
                    .invalidKnob, "'\(lowered)' is no header of this mock; it knows \(known).", param: lowered)
            }
            try set(knob, to: value)
        }
    }

    /// A cheap look before any copy: most requests carry no knob.
    private static func mayBeKnob(_ name: String) -> Bool {
        var bytes = name.utf8.makeIterator()
        guard let first = bytes.next(), first | 0x20 == UInt8(ascii: "x"), bytes.next() == UInt8(ascii: "-"),
            let third = bytes.next()
        else { return false }
        return third | 0x20 == UInt8(ascii: "m")
    }
}
