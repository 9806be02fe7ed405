/// A text with places for variables, written `{{name}}`.
///
/// It is read once, when the configuration is; values are put in afterwards and never read, so nothing that stands in
/// one can become a place.
package struct TemplateText: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case text(String)
        case variable(String)
    }

    let pieces: [Piece]

    /// Reads a text. `{{{{` stands for two braces that open no place.
    /// - Throws: what is wrong, as it reads after "expected …, found …".
    package init(_ text: String) throws(TemplateMistake) {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let braces = rest.firstRange(of: "{{") {
            plain += rest[..<braces.lowerBound]
            rest = rest[braces.upperBound...]
            if rest.hasPrefix("{{") {
                plain += "{{"
                rest = rest.dropFirst(2)
                continue
            }
            guard let end = rest.firstRange(of: "}}"), Self.isName(rest[..<end.lowerBound]) else {
                throw TemplateMistake("expected a variable's name and }} behind {{, found something else; {{{{ is text")
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = ""
            pieces.append(.variable(String(rest[..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        plain += rest
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self.pieces = pieces
    }

    /// The variables it has places for, in their order.
    package var variables: [String] {
        pieces.compactMap { piece in
            if case .variable(let name) = piece { name } else { nil }
        }
    }

    /// The text with values in its places.
    /// - Parameter values: all of its variables; one without a value leaves nothing.
    func rendered(_ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .variable(let name): values[name] ?? ""
            }
        }.joined()
    }

    /// 1 to 64 letters, digits and `_`, not beginning with a digit.
    package static func isName(_ name: some StringProtocol) -> Bool {
        let isWord = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isWord, let first = name.utf8.first else { return false }
        return !(0x30...0x39).contains(first) && name.utf8.count <= 64
    }
}

/// Why a text is no template.
package struct TemplateMistake: Error, Sendable {
    package let message: String

    init(_ message: String) { self.message = message }
}
