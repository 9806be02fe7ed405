import Foundation

/// A whole HTTP response.
struct Answer {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// A chat completion, as far as the tests look at it.
    struct Completion: Decodable {
        struct Choice: Decodable { let message: Message }
        struct Message: Decodable { let content: String? }
        let choices: [Choice]
    }

    /// A piece of a streamed completion, as far as the tests look at it.
    struct Chunk: Decodable {
        struct Choice: Decodable { let delta: Delta }
        struct Delta: Decodable { let content: String? }
        let choices: [Choice]?
        let error: Refusal?
    }

    /// OpenAI's error object.
    struct Refusal: Decodable {
        let message: String
        let type: String
        let param: String?
        let code: String?
    }

    private struct RefusalBody: Decodable { let error: Refusal }

    subscript(header: String) -> String? {
        headers.first { $0.name.lowercased() == header }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var cache: String? { self["x-refrain-cache"] }
    var missReason: String? { self["x-refrain-miss-reason"] }

    /// The error object; nil when the body has none.
    var refusal: Refusal? { try? JSONDecoder().decode(RefusalBody.self, from: Data(body)).error }

    /// The data of the server-sent events.
    var events: [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
    }

    /// The text of the answer, streamed or not.
    var content: String {
        if let whole = try? JSONDecoder().decode(Completion.self, from: Data(body)) {
            return whole.choices.compactMap(\.message.content).joined()
        }
        return chunks.compactMap { $0.choices?.first?.delta.content }.joined()
    }

    /// The error in the stream; nil when there is none.
    var streamRefusal: Refusal? { chunks.compactMap(\.error).first }

    private var chunks: [Chunk] {
        events.compactMap { try? JSONDecoder().decode(Chunk.self, from: Data($0.utf8)) }
    }
}
