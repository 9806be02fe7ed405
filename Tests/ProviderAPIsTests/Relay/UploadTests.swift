import GatewayCore
import Testing

@testable import ProviderAPIs

/// By the forms the makers document: `file-…` of OpenAI, `file_…` of Anthropic, `files/…` of Google.
@Suite("Files that were uploaded to one provider")
struct UploadTests {
    private static let ids: [(id: String, owners: Set<Wire>)] = [
        ("file-7", [.openai, .compatible, .responses]), ("file_7", [.anthropic]), ("files/7", [.gemini]),
        ("https://generativelanguage.googleapis.com/v1beta/files/7", [.gemini]),
        // Of nobody that is known: who gave it may know it.
        ("own-7", [.openai, .compatible, .responses, .anthropic, .gemini]),
    ]

    @Test("They are sent to nobody else", arguments: ids)
    func owner(id: String, owners: Set<Wire>) throws {
        var conversation = Conversation(model: "m")
        let file = ContentPart(.file(Media(.upload(id: id), name: "a.pdf")))
        conversation.messages = [Message(.user, [.text("q"), file])]
        for wire in Wire.allCases where wire != .bedrock {
            let provider = ProviderDialects.dialect(of: wire.target)
            let model = ProviderModel(name: wire.model)
            if owners.contains(wire) {
                #expect(throws: Never.self) { try provider.call(conversation, model: model) }
            } else {
                let error = #expect(throws: GatewayError.self) { try provider.call(conversation, model: model) }
                #expect(error?.code == .invalidRequest && error?.parameter == "messages[0].content[1]", "\(wire)")
            }
        }
    }
}
