internal import GatewayCore

/// The `response` object: what an answer says, and what its request said again.
struct ResponsesObject {
    let request: Conversation
    let ids: ResponsesIDs
    var model: String?
    var created: Int?
    var serviceTier: String?

    /// How a response stands.
    enum Status: Equatable {
        case inProgress, completed
        /// With the reason.
        case incomplete(String)
        case failed(code: String, message: String)

        /// Of an answer that ended.
        init(_ finish: FinishReason?) {
            switch finish {
            // Also for an end that nobody knows or that did not come: strict clients take these two reasons alone.
            case .length, .other, nil: self = .incomplete("max_output_tokens")
            case .contentFilter: self = .incomplete("content_filter")
            case .stop, .toolCalls: self = .completed
            }
        }

        var word: String {
            switch self {
            case .inProgress: "in_progress"
            case .completed: "completed"
            case .incomplete: "incomplete"
            case .failed: "failed"
            }
        }
    }

    func write(_ status: Status, output: [JSONText], usage: TokenUsage?, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", ids.response)
            json.member("object", "response")
            json.member("created_at", created ?? 0)
            json.member("status", status.word)
            json.member("background", false)
            Self.writeEnd(status, to: &json)
            json.member("model", model ?? request.model)
            json.array("output") { for item in output { $0.json(item) } }
            writeLimits(to: &json)
            writeForm(to: &json)
            writeTools(to: &json)
            writeExtras(to: &json)
            json.key("usage")
            if let usage { ResponsesUsage.write(usage, to: &json) } else { json.null() }
        }
    }

    private static func writeEnd(_ status: Status, to json: inout JSONWriter) {
        if case .failed(let code, let message) = status {
            json.object("error") {
                $0.member("code", code)
                $0.member("message", message)
            }
        } else {
            json.null("error")
        }
        if case .incomplete(let reason) = status {
            json.object("incomplete_details") { $0.member("reason", reason) }
        } else {
            json.null("incomplete_details")
        }
    }

    private func writeLimits(to json: inout JSONWriter) {
        json.text("instructions", request.hasInstructions ? request.messages.first?.text : nil)
        json.count("max_output_tokens", request.maxTokens)
        // Where the client says nothing, OpenAI repeats its own default.
        json.member("temperature", request.sampling.temperature ?? 1)
        json.member("top_p", request.sampling.topP ?? 1)
        json.member("top_logprobs", request.sampling.topLogprobs ?? 0)
        json.text("prompt_cache_key", request.cacheKey)
        json.text("safety_identifier", request.user)
        json.text("user", request.user)
        json.text("service_tier", serviceTier ?? request.serviceTier)
    }

    private func writeForm(to json: inout JSONWriter) {
        json.object("reasoning") { json in
            json.text("effort", request.reasoning?.effort?.rawValue)
            if let summary = extra("reasoning.summary") {
                json.member("summary", summary)
            } else {
                json.text("summary", request.reasoning?.isShown == true ? "auto" : nil)
            }
        }
        json.object("text") { json in
            ResponsesTextFormat.write(request.format ?? .text, to: &json)
            json.member("verbosity", extra("text.verbosity"))
        }
    }

    private func writeTools(to json: inout JSONWriter) {
        json.member("parallel_tool_calls", request.allowsParallelCalls ?? true)
        json.array("tools") { json in
            for tool in request.tools {
                switch tool {
                case .function(let function): ResponsesTools.write(function, to: &json)
                case .native(let native): json.json(native)
                }
            }
        }
        if !ResponsesTools.write(request.toolChoice ?? .auto, to: &json) { json.member("tool_choice", "auto") }
    }

    private func writeExtras(to json: inout JSONWriter) {
        json.member("metadata", extra("metadata") ?? .emptyObject)
        if let previous = extra("previous_response_id") {
            json.member("previous_response_id", previous)
        } else {
            json.null("previous_response_id")
        }
        json.member("store", extra("store") ?? JSONText(valid: "false"))
        json.member("truncation", extra("truncation") ?? JSONText(valid: "\"disabled\""))
        json.member("max_tool_calls", extra("max_tool_calls"))
    }

    private func extra(_ name: String) -> JSONText? { request.extras.last { $0.name == name }?.value }
}

extension JSONWriter {
    /// Nil becomes null: the members that this dialect always has.
    fileprivate mutating func text(_ name: String, _ value: String?) {
        if let value { member(name, value) } else { null(name) }
    }

    fileprivate mutating func count(_ name: String, _ value: Int?) {
        if let value { member(name, value) } else { null(name) }
    }
}
