import GatewayCore
import GatewayTesting
import NIOCore

/// Draws `chat.completion` objects with everything an answer may hold.
enum RandomAnswer {
    static func make(using generator: inout SeededGenerator) -> String {
        var members = [#""id":"c1""#, #""object":"chat.completion""#, #""created":17"#, #""model":"m-1""#]
        if chance(&generator) { members.append(#""service_tier":"flex""#) }
        if chance(&generator) { members.append(#""system_fingerprint":null"#) }
        if chance(&generator) { members.append(#""provider":{"name":"p","id":[1,{"a":null}]}"#) }
        let count = Int.random(in: 1...3, using: &generator)
        let choices = (0..<count).map { choice($0, using: &generator) }
        members.append("\"choices\":[\(choices.joined(separator: ","))]")
        if chance(&generator) {
            members.append(#""usage":{"prompt_tokens":3,"completion_tokens":9,"completion_tokens_details":{"x":0}}"#)
        }
        return "{\(members.shuffled(using: &generator).joined(separator: ","))}"
    }

    private static func choice(_ index: Int, using generator: inout SeededGenerator) -> String {
        let reason = ["stop", "length", "tool_calls", "content_filter"].randomElement(using: &generator) ?? "stop"
        var members = ["\"index\":\(index)", "\"finish_reason\":\"\(reason)\"", message(using: &generator)]
        if chance(&generator) {
            members.append(#""logprobs":{"content":[{"token":"a","logprob":-1.5}],"refusal":null}"#)
        }
        if chance(&generator) { members.append(#""content_filter_results":{"hate":{"filtered":false}}"#) }
        return "{\(members.shuffled(using: &generator).joined(separator: ","))}"
    }

    private static func message(using generator: inout SeededGenerator) -> String {
        var members = [#""role":"assistant""#]
        members.append("\"content\":" + (chance(&generator) ? text(using: &generator) : "null"))
        if chance(&generator) {
            members.append("\"refusal\":" + (chance(&generator) ? text(using: &generator) : "null"))
        }
        if chance(&generator) { members.append("\"reasoning_content\":\(text(using: &generator))") }
        if chance(&generator) { members.append("\"reasoning\":\(text(using: &generator))") }
        if chance(&generator) { members.append(#""annotations":[{"type":"url_citation","url_citation":{"url":"u"}}]"#) }
        if chance(&generator) {
            let calls = (0..<Int.random(in: 0...4, using: &generator)).map { call in
                let arguments = text(using: &generator)
                return #"{"id":"t\#(call)","type":"function","function":{"name":"f","arguments":\#(arguments)}}"#
            }
            members.append("\"tool_calls\":[\(calls.joined(separator: ","))]")
        }
        return "\"message\":{\(members.shuffled(using: &generator).joined(separator: ","))}"
    }

    /// A JSON string of words, white space, combining marks, emoji and control characters.
    private static func text(using generator: inout SeededGenerator) -> String {
        let parts = [
            "word", " ", " ", "longer", "\n", "\r\n", "\u{301}", "é", "👩‍👩‍👧", "日本",
            "\"", "\\", "\u{0}", "\u{2028}", "🇩🇪", "{\"a\":1}",
            "data: [DONE]\n\n",
        ]
        let text = (0..<Int.random(in: 0...30, using: &generator))
            .map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
        var output = ByteBuffer()
        output.writeJSONString(text)
        return String(buffer: output)
    }

    private static func chance(_ generator: inout SeededGenerator) -> Bool { Bool.random(using: &generator) }
}
