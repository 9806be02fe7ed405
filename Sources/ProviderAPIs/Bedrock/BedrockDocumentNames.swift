internal import GatewayCore

/// Names the documents of one request: Converse refuses two of one name, wherever in the request they stand.
struct BedrockDocumentNames {
    /// How many documents wanted each name, in small letters.
    private var counts: [String: Int] = [:]

    /// The document's own name as far as it is allowed; the second of a name has a 2 behind it, and so on.
    mutating func next(for media: Media) -> String {
        let name = Self.name(of: media)
        var unique = name
        while counts[unique.lowercased()] != nil {
            counts[name.lowercased(), default: 1] += 1
            unique = "\(name) \(counts[name.lowercased(), default: 1])"
        }
        counts[unique.lowercased()] = 1
        return unique
    }

    /// Of the 200 characters that a name may have some are left for a number.
    private static let longest = 190

    /// Letters, digits, single spaces, hyphens and brackets are all that a name may have.
    private static func name(of media: Media) -> String {
        var name = ""
        for scalar in (media.name ?? "").unicodeScalars.prefix(longest) {
            let isLetter = scalar.isASCII && scalar.properties.isAlphabetic
            if isLetter || "0123456789-()[]".unicodeScalars.contains(scalar) {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, name.last != " " {
                name += " "
            }
        }
        if name.last == " " { name.removeLast() }
        return name.isEmpty ? "document" : name
    }
}
