internal import GatewayCore

/// The kinds of items, parts and tools of this dialect that no other has a word for.
enum ResponsesItems {
    /// Whether a block that only one dialect knows is an item of this one.
    static func isItem(_ native: JSONElement) -> Bool {
        guard let type = native["type"]?.string else { return false }
        return made.contains(type) || given.contains(type)
    }

    /// Items the client gives back: answers to what the model asked for.
    static func isGiven(_ type: String) -> Bool { given.contains(type) }

    /// Whether a tool that only one dialect knows is one of this one.
    static func isTool(_ native: JSONElement) -> Bool {
        guard let type = native["type"]?.string, tools.contains(type) else { return false }
        // Chat Completions has custom tools too, in a form of its own.
        return type != "custom" || native["name"] != nil
    }

    /// Whether a rule for tools that only one dialect has is one of this one.
    static func isToolChoice(_ native: JSONElement) -> Bool {
        guard let type = native["type"]?.string else { return false }
        switch type {
        case "allowed_tools": return native["tools"] != nil
        case "custom": return native["name"] != nil
        default: return tools.contains(type)
        }
    }

    /// Whether a part that only one dialect knows is one of this one.
    static func isPart(_ native: JSONElement) -> Bool {
        native["type"]?.string.map { $0.hasPrefix("input_") || $0 == "output_text" } ?? false
    }

    private static let made: Set<String> = [
        "file_search_call", "computer_call", "web_search_call", "image_generation_call", "code_interpreter_call",
        "local_shell_call", "shell_call", "apply_patch_call", "mcp_list_tools", "mcp_approval_request", "mcp_call",
        "custom_tool_call", "tool_search_call", "tool_search_output", "additional_tools", "compaction", "program",
        "program_output", "reasoning",
    ]

    private static let given: Set<String> = [
        "computer_call_output", "local_shell_call_output", "shell_call_output", "apply_patch_call_output",
        "mcp_approval_response", "custom_tool_call_output",
    ]

    private static let tools: Set<String> = [
        "file_search", "computer", "computer_use_preview", "web_search", "web_search_2025_08_26",
        "web_search_preview", "web_search_preview_2025_03_11", "mcp", "code_interpreter", "image_generation",
        "programmatic_tool_calling", "local_shell", "shell", "custom", "namespace", "tool_search", "apply_patch",
    ]
}
