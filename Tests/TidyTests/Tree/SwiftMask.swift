/// Swift source with its comments and the text of its string literals blanked, so that rules about code do not stumble
/// over prose. Line breaks and quotes stay where they are; code inside an interpolation stays visible.
struct SwiftMask {
    private enum Mode {
        /// Code; the depth of the parentheses since an interpolation began, nil outside of one.
        case code(depth: Int?)
        case string(hashes: Int, isMultiline: Bool)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")
    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")

    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var position = 0
    private var modes: [Mode] = [.code(depth: nil)]

    /// The masked text.
    static func mask(_ text: String) -> String {
        var mask = SwiftMask(bytes: Array(text.utf8))
        while mask.position < mask.bytes.count { mask.step() }
        return String(decoding: mask.output, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    private mutating func step() {
        switch modes.last ?? .code(depth: nil) {
        case .code(let depth): stepInCode(depth: depth)
        case .string(let hashes, let isMultiline): stepInString(hashes: hashes, isMultiline: isMultiline)
        }
    }

    private mutating func stepInCode(depth: Int?) {
        if sees([Self.slash, Self.slash]) { return blankLine() }
        if sees([Self.slash, Self.star]) { return blankBlock() }
        var hashes = 0
        while sees(Array(repeating: Self.hash, count: hashes + 1)) { hashes += 1 }
        if sees(Array(repeating: Self.hash, count: hashes) + [Self.quote]) {
            let isMultiline = sees(Array(repeating: Self.hash, count: hashes) + Array(repeating: Self.quote, count: 3))
            keep(hashes + (isMultiline ? 3 : 1))
            modes.append(.string(hashes: hashes, isMultiline: isMultiline))
            return
        }
        if let depth {
            if bytes[position] == UInt8(ascii: "(") { modes[modes.count - 1] = .code(depth: depth + 1) }
            if bytes[position] == UInt8(ascii: ")") {
                if depth == 0 { modes.removeLast() } else { modes[modes.count - 1] = .code(depth: depth - 1) }
            }
        }
        keep(1)
    }

    private mutating func stepInString(hashes: Int, isMultiline: Bool) {
        let marks = Array(repeating: Self.hash, count: hashes)
        if sees(Array(repeating: Self.quote, count: isMultiline ? 3 : 1) + marks) {
            keep((isMultiline ? 3 : 1) + hashes)
            modes.removeLast()
        } else if sees([Self.backslash] + marks + [UInt8(ascii: "(")]) {
            blank(1 + hashes)
            keep(1)
            modes.append(.code(depth: 0))
        } else if sees([Self.backslash] + marks) {
            blank(2 + hashes)
        } else if bytes[position] == UInt8(ascii: "\n"), !isMultiline {
            // A literal never runs past its line: whatever was taken for one (a regex, say), go on as code.
            modes.removeLast()
            keep(1)
        } else {
            blank(1)
        }
    }

    private mutating func blankLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank(1) }
    }

    private mutating func blankBlock() {
        var depth = 0
        repeat {
            if sees([Self.slash, Self.star]) {
                depth += 1
                blank(2)
            } else if sees([Self.star, Self.slash]) {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && position < bytes.count
    }

    private func sees(_ wanted: [UInt8]) -> Bool {
        position + wanted.count <= bytes.count && bytes[position..<position + wanted.count].elementsEqual(wanted)
    }

    private mutating func keep(_ count: Int) {
        let end = min(position + count, bytes.count)
        output += bytes[position..<end]
        position = end
    }

    private mutating func blank(_ count: Int) {
        let end = min(position + count, bytes.count)
        for byte in bytes[position..<end] { output.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " ")) }
        position = end
    }
}
