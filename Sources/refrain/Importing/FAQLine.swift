import GatewayCore
import NIOCore

/// One line of an import file.
struct FAQLine {
    let id: String
    /// The question and its variants.
    let questions: [String]
    let answer: String

    /// What is wrong with a line, for the one who wrote it.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads `{"id", "question", "variants"?, "answer"}`; other members are left for later versions.
    init(_ line: String) throws(Mistake) {
        let root: JSONElement
        do {
            root = try JSONDocument(line).root
        } catch {
            throw Mistake(description: "not valid JSON: \(error)")
        }
        guard root.kind == .object else { throw Mistake(description: "expected an object, found \(root.kind)") }
        id = try Self.text("id", in: root)
        answer = try Self.text("answer", in: root)
        var questions = [try Self.text("question", in: root)]
        if let variants = root["variants"], !variants.isNull {
            guard variants.kind == .array else {
                throw Mistake(description: "'variants' must be an array of strings, found \(variants.kind)")
            }
            for variant in variants.elements {
                guard let text = variant.string, !text.isEmpty else {
                    throw Mistake(description: "'variants' must hold strings that are not empty")
                }
                questions.append(text)
            }
        }
        self.questions = questions
    }

    private static func text(_ name: String, in object: JSONElement) throws(Mistake) -> String {
        guard let element = object[name] else { throw Mistake(description: "'\(name)' is missing") }
        guard let text = element.string else {
            throw Mistake(description: "'\(name)' must be a string, found \(element.kind)")
        }
        guard text.contains(where: { !$0.isWhitespace }) else { throw Mistake(description: "'\(name)' is empty") }
        return text
    }

    /// The answer as a provider would have given it.
    func completion(model: String, created: UnixTime) -> ByteBuffer {
        var json = ByteBuffer()
        json.writeString("{\"id\":")
        json.writeJSONString("faq-\(id)")
        json.writeString(",\"object\":\"chat.completion\",\"created\":\(created.milliseconds / 1000),\"model\":")
        json.writeJSONString(model)
        json.writeString(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":")
        json.writeJSONString(answer)
        json.writeString(",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],")
        json.writeString("\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}")
        return json
    }
}
