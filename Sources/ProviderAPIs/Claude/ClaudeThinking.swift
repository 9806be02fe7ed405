internal import GatewayCore

/// How a Claude model is asked for thoughts, by whoever serves it.
struct ClaudeThinking {
    enum Mode: Equatable {
        /// Not said: what the model does of its own.
        case unsaid
        case disabled
        case adaptive
        case budget(Int)
    }

    var mode = Mode.unsaid
    var isShown: Bool?
    /// Of `output_config`.
    var effort: String?

    var isOn: Bool { mode != .unsaid && mode != .disabled }

    /// Writes the value of `thinking`. Only for a mode that is said.
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch mode {
            case .unsaid, .disabled: json.member("type", "disabled")
            case .adaptive: json.member("type", "adaptive")
            case .budget(let tokens):
                json.member("type", "enabled")
                json.member("budget_tokens", tokens)
            }
            if isOn { json.member("display", isShown.map { $0 ? "summarized" : "omitted" }) }
        }
    }
}
