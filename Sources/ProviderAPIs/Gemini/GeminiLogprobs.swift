internal import GatewayCore

/// Turns `logprobsResult` into OpenAI's object.
enum GeminiLogprobs {
    /// Nil when nothing is told.
    static func read(_ result: JSONElement) -> JSONText? {
        let chosen = result["chosenCandidates"].map { Array($0.elements) } ?? []
        if chosen.isEmpty { return nil }
        let tops = result["topCandidates"].map { Array($0.elements) } ?? []
        var json = JSONWriter()
        json.object { json in
            json.array("content") { json in
                for (index, token) in chosen.enumerated() {
                    json.object { json in
                        write(token, to: &json)
                        json.array("top_logprobs") { json in
                            guard index < tops.count, let others = tops[index]["candidates"] else { return }
                            for other in others.elements { json.object { write(other, to: &$0) } }
                        }
                    }
                }
            }
            json.null("refusal")
        }
        return JSONText(valid: json.bytes)
    }

    private static func write(_ token: JSONElement, to json: inout JSONWriter) {
        let text = token["token"]?.string ?? ""
        json.member("token", text)
        // Zero is not written.
        json.member("logprob", token["logProbability"]?.double ?? 0)
        json.array("bytes") { json in for byte in text.utf8 { json.integer(Int(byte)) } }
    }
}
