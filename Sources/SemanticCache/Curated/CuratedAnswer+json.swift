import GatewayCore
package import NIOCore

extension CuratedAnswer {
    /// The members of a line, and the columns of a table.
    static let names = ["id", "question", "variants", "answer", "tags", "locale", "valid_until", "distractors"]

    /// Reads one JSON object.
    package init(json: ByteBuffer) throws(CuratedMistake) {
        let root: JSONElement
        do {
            root = try JSONDocument(json).root
        } catch {
            throw CuratedMistake("not valid JSON: \(error)")
        }
        guard root.kind == .object else { throw CuratedMistake("expected an object, found \(root.kind)") }
        // A misspelled date or distractor that counts for nothing would be found out by a wrong answer.
        for member in root.members where !Self.names.contains(member.name) {
            throw CuratedMistake(
                "'\(member.name.prefix(64))' is not known; expected \(Self.names.joined(separator: ", "))")
        }
        try self.init(
            id: try Self.required("id", of: root), question: try Self.required("question", of: root),
            variants: try Self.list("variants", of: root), answer: try Self.required("answer", of: root),
            tags: try Self.list("tags", of: root), locale: try Self.optional("locale", of: root),
            validUntil: try Self.optional("valid_until", of: root),
            distractors: try Self.list("distractors", of: root))
    }

    /// The same as one JSON object without a line's end: what was read, with the members in one order.
    package var json: ByteBuffer {
        JSONWriter.object(capacity: 256 + answer.utf8.count) { json in
            json.member("id", id)
            json.member("question", question)
            Self.write("variants", variants, into: &json)
            json.member("answer", answer)
            Self.write("tags", tags, into: &json)
            json.member("locale", locale)
            json.member("valid_until", validUntil)
            Self.write("distractors", distractors, into: &json)
        }
    }

    private static func write(_ name: String, _ texts: [String], into json: inout JSONWriter) {
        if !texts.isEmpty { json.array(name) { for text in texts { $0.string(text) } } }
    }

    private static func required(_ name: String, of root: JSONElement) throws(CuratedMistake) -> String {
        guard let text = try optional(name, of: root) else { throw CuratedMistake("'\(name)' is missing") }
        return text
    }

    private static func optional(_ name: String, of root: JSONElement) throws(CuratedMistake) -> String? {
        guard let element = root[name], !element.isNull else { return nil }
        guard let text = element.string else {
            throw CuratedMistake("'\(name)' must be a string, found \(element.kind)")
        }
        return text
    }

    private static func list(_ name: String, of root: JSONElement) throws(CuratedMistake) -> [String] {
        guard let element = root[name], !element.isNull else { return [] }
        guard element.kind == .array else {
            throw CuratedMistake("'\(name)' must be an array of strings, found \(element.kind)")
        }
        var texts: [String] = []
        for element in element.elements {
            guard let text = element.string else {
                throw CuratedMistake("'\(name)' must be an array of strings, found \(element.kind) in it")
            }
            texts.append(text)
        }
        return texts
    }
}
