/// Follows a JSON object that comes in pieces, to tell when it is whole. It keeps nothing of it and checks nothing.
struct JSONDepth: Sendable {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var hasBegun = false

    var isComplete: Bool { hasBegun && depth <= 0 && !isInString }

    mutating func add(_ text: String) {
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = isInString
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if isInString { continue }
                depth += 1
                hasBegun = true
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if !isInString { depth -= 1 }
            default: continue
            }
        }
    }
}
