import GatewayCore
import NIOCore

/// Reads a Converse body back into a conversation, as far as the dialects have it in common.
enum BedrockBodyReader {
    static func read(_ body: ByteBuffer) throws -> Conversation {
        let root = try JSONDocument(body).root
        var conversation = Conversation(model: "m")
        let system = elements(root["system"]).map { ContentPart.text($0["text"]?.string ?? "") }
        if !system.isEmpty { conversation.messages.append(Message(.system, system)) }
        var names: [String: String] = [:]
        for turn in elements(root["messages"]) {
            var spoken: [ContentPart] = []
            for block in elements(turn["content"]) {
                if let result = block["toolResult"] {
                    conversation.messages.append(Message(.tool, [read(result: result, names: names)]))
                } else {
                    spoken.append(part(block))
                }
            }
            if !spoken.isEmpty {
                let message = Message(turn["role"]?.string == "assistant" ? .assistant : .user, spoken)
                for call in message.toolCalls { names[call.id] = call.name }
                conversation.messages.append(message)
            }
        }
        let config = root["inferenceConfig"]
        conversation.maxTokens = config?["maxTokens"]?.integer
        conversation.sampling.temperature = config?["temperature"]?.double
        conversation.sampling.topP = config?["topP"]?.double
        conversation.stop = elements(config?["stopSequences"]).compactMap(\.string)
        readTools(root["toolConfig"], into: &conversation)
        return conversation
    }

    private static func elements(_ list: JSONElement?) -> [JSONElement] { list.map { Array($0.elements) } ?? [] }

    private static func part(_ block: JSONElement) -> ContentPart {
        if let use = block["toolUse"] {
            return ContentPart(
                .toolCall(
                    ToolCall(
                        id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "",
                        arguments: use["input"].map { String(buffer: $0.rawText) } ?? "")))
        }
        if let image = block["image"] {
            let type = "image/" + (image["format"]?.string ?? "")
            return ContentPart(.image(Media(.inline(type: type, base64: image["source"]?["bytes"]?.string ?? ""))))
        }
        return .text(block["text"]?.string ?? "")
    }

    private static func read(result: JSONElement, names: [String: String]) -> ContentPart {
        let id = result["toolUseId"]?.string ?? ""
        let parts = elements(result["content"]).map { ContentPart.text($0["text"]?.string ?? "") }
        return ContentPart(
            .toolResult(
                ToolResult(callID: id, name: names[id], parts: parts, isError: result["status"]?.string == "error")))
    }

    private static func readTools(_ config: JSONElement?, into conversation: inout Conversation) {
        for tool in elements(config?["tools"]).compactMap({ $0["toolSpec"] }) {
            conversation.tools.append(
                .function(
                    FunctionTool(
                        name: tool["name"]?.string ?? "", description: tool["description"]?.string,
                        parameters: tool["inputSchema"]?["json"].map(JSONText.init))))
        }
        let choice = config?["toolChoice"]
        if choice?["auto"] != nil { conversation.toolChoice = .auto }
        if choice?["any"] != nil { conversation.toolChoice = .required }
        if let name = choice?["tool"]?["name"]?.string { conversation.toolChoice = .function(name) }
    }
}
