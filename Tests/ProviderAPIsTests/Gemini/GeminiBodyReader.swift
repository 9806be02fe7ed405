import GatewayCore
import NIOCore

/// Reads a `generateContent` body back into a conversation, as far as the dialects have it in common.
enum GeminiBodyReader {
    static func read(_ body: ByteBuffer) throws -> Conversation {
        let root = try JSONDocument(body).root
        var conversation = Conversation(model: "m")
        if let system = root["systemInstruction"] {
            conversation.messages.append(Message(.system, parts(system).map { .text($0["text"]?.string ?? "") }))
        }
        for content in root["contents"]?.elements.map({ $0 }) ?? [] {
            let parts = parts(content)
            if parts.first?["functionResponse"] != nil {
                conversation.messages += parts.map { Message(.tool, [ContentPart(.toolResult(result($0)))]) }
            } else {
                let role: Message.Role = content["role"]?.string == "model" ? .assistant : .user
                conversation.messages.append(Message(role, parts.map(part)))
            }
        }
        readParameters(root["generationConfig"], into: &conversation)
        readTools(root, into: &conversation)
        return conversation
    }

    private static func parts(_ content: JSONElement) -> [JSONElement] {
        content["parts"].map { Array($0.elements) } ?? []
    }

    private static func part(_ part: JSONElement) -> ContentPart {
        if let call = part["functionCall"] {
            let signature = part["thoughtSignature"]?.string
            return ContentPart(
                .toolCall(
                    ToolCall(
                        id: call["id"]?.string ?? "", name: call["name"]?.string ?? "",
                        arguments: call["args"].map { String(buffer: $0.rawText) } ?? "", signature: signature)))
        }
        if let data = part["inlineData"] {
            return ContentPart(
                .image(
                    Media(.inline(type: data["mimeType"]?.string ?? "", base64: data["data"]?.string ?? ""))))
        }
        return .text(part["text"]?.string ?? "")
    }

    private static func result(_ part: JSONElement) -> ToolResult {
        let response = part["functionResponse"]
        let error = response?["response"]?["error"]?.string
        return ToolResult(
            callID: response?["id"]?.string ?? "", name: response?["name"]?.string,
            parts: [.text(error ?? response?["response"]?["output"]?.string ?? "")], isError: error != nil)
    }

    private static func readParameters(_ config: JSONElement?, into conversation: inout Conversation) {
        conversation.maxTokens = config?["maxOutputTokens"]?.integer
        conversation.sampling.temperature = config?["temperature"]?.double
        conversation.sampling.topP = config?["topP"]?.double
        conversation.stop = config?["stopSequences"]?.elements.compactMap(\.string) ?? []
    }

    private static func readTools(_ root: JSONElement, into conversation: inout Conversation) {
        var tools = root["tools"]?.elements ?? root.elements
        for function in tools.next()?["functionDeclarations"]?.elements.map({ $0 }) ?? [] {
            conversation.tools.append(
                .function(
                    FunctionTool(
                        name: function["name"]?.string ?? "", description: function["description"]?.string,
                        parameters: function["parametersJsonSchema"].map(JSONText.init))))
        }
        let choice = root["toolConfig"]?["functionCallingConfig"]
        switch choice?["mode"]?.string {
        case "AUTO": conversation.toolChoice = .auto
        case "ANY":
            let names = choice?["allowedFunctionNames"]?.elements.compactMap(\.string) ?? []
            conversation.toolChoice = names.first.map { .function($0) } ?? .required
        default: break
        }
    }
}
