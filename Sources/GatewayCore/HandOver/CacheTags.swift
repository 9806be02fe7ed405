/// The words by which callers and routes mark answers, to forget them together.
package enum CacheTags {
    /// Of one request, those of its route included.
    package static let countLimit = 16
    /// Of one tag, in bytes.
    package static let lengthLimit = 64

    /// Whether a word can be a tag: visible ASCII but the comma.
    package static func isTag(_ text: some StringProtocol) -> Bool {
        (1...lengthLimit).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") }
    }

    /// Reads the values of `x-refrain-cache-tags`, lists with commas, behind the route's own.
    /// - Throws: `invalidRequest` for what is no tag, or for too many.
    package static func read(_ values: [String], behind own: [String]) throws(GatewayError) -> [String] {
        if values.isEmpty { return own }
        var tags = own
        for value in values {
            for part in value.split(separator: ",") {
                let tag = part.trimmingBlanks
                if tag.isEmpty { continue }
                guard isTag(tag) else {
                    throw mistake("must hold tags of 1 to \(lengthLimit) visible ASCII characters")
                }
                if tags.contains(where: { $0 == tag }) { continue }
                tags.append(String(tag))
                guard tags.count <= countLimit else { throw mistake("must hold at most \(countLimit) tags") }
            }
        }
        return tags
    }

    private static func mistake(_ text: String) -> GatewayError {
        GatewayError(.invalidRequest, "x-refrain-cache-tags \(text)", parameter: "x-refrain-cache-tags")
    }
}

extension Substring {
    /// Without blanks and tabs at its ends.
    fileprivate var trimmingBlanks: Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
