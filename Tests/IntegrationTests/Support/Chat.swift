import Foundation

/// Requests in OpenAI's dialect.
enum Chat {
    /// A chat completion request with one user message.
    /// - Parameter more: further members, each with a comma in front.
    static func body(
        _ question: String, model: String = "main", stream: Bool = false, more: String = ""
    ) -> [UInt8] {
        let stream = stream ? #","stream":true,"stream_options":{"include_usage":true}"# : ""
        let text = "{\"model\":\(quoted(model)),\"messages\":[{\"role\":\"user\",\"content\":\(quoted(question))}]"
        return Array("\(text)\(stream)\(more)}".utf8)
    }

    /// A chat completion request with a system prompt.
    static func body(system: String, _ question: String) -> [UInt8] {
        let messages =
            "[{\"role\":\"system\",\"content\":\(quoted(system))},{\"role\":\"user\",\"content\":\(quoted(question))}]"
        return Array("{\"model\":\"main\",\"messages\":\(messages)}".utf8)
    }

    /// The bytes of a request, of JSON unless its headers say otherwise.
    static func request(
        _ method: String, _ path: String, body: [UInt8], headers: [String: String] = [:]
    ) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "host: gateway"]
        if headers["content-type"] == nil { lines.append("content-type: application/json") }
        if !["GET", "HEAD"].contains(method) { lines.append("content-length: \(body.count)") }
        lines += headers.map { "\($0.key): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// The bytes of a chat completion request on a connection that is kept.
    static func request(_ body: [UInt8]) -> [UInt8] {
        request("POST", "/v1/chat/completions", body: body)
    }

    /// A text as JSON.
    static func quoted(_ text: String) -> String {
        let data = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
