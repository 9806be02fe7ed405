import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("A client reaches nothing else in the operator's account")
struct AccountTests {
    private func target(_ api: ProviderAPI, model: String = "m", open: Set<AccountReference> = []) -> Target {
        var target = Target(
            deployment: DeploymentID("p/m"), baseURL: "http://a", keys: nil, model: model, deadlines: CallDeadlines(),
            allowsPrivateAddresses: true)
        target.api = api
        target.place.project = "own"
        target.place.region = "eu"
        target.references = open
        return target
    }

    private func request(_ api: ClientAPI, _ body: String) throws -> ChatRequest {
        let document = try JSONDocument(body)
        var request = ChatRequest(
            document: document, model: "m", isStream: false, wantsStreamUsage: false, question: nil)
        guard api != .chat else { return request }
        let conversation = try ClientDialects.dialect(of: api).request(document.root, headers: [])
        request.origin = ChatRequest.Origin(api: api, document: document, conversation: conversation)
        return request
    }

    private static func chat(_ part: String) -> String {
        #"{"model":"m","messages":[{"role":"user","content":[\#(part)]}]}"#
    }

    private static func image(_ url: String) -> String { chat(#"{"type":"image_url","image_url":{"url":"\#(url)"}}"#) }

    private static let upload = chat(#"{"type":"file","file":{"file_id":"file-1"}}"#)
    private static let document = """
        {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"document",
         "source":{"type":"file","file_id":"file_1"}}]}]}
        """
    private static let searched = """
        {"model":"m","input":"x","tools":[{"type":"file_search","vector_store_ids":["vs_1"]}]}
        """

    @Test("Objects, uploads and kept prompts are refused until the provider is said to be open to them", arguments: [
        (ClientAPI.chat, image("s3://b/x.png"), ProviderAPI.bedrock, AccountReference.s3),
        (.chat, image("S3://b/x.png"), .bedrock, .s3), (.chat, image("gs://b/x.png"), .vertex, .gs),
        (.chat, image("files/abc"), .gemini, .uploads),
        (.chat, image("https://generativelanguage.googleapis.com/v1beta/files/abc"), .gemini, .uploads),
        (.chat, chat(#"{"type":"text","text":"x"}"#).replacing("]}]}", with: "]}],\"cached_content\":\"c/1\"}"),
         .gemini, .caches),
        (.chat, upload, .openAI, .uploads), (.chat, upload, .responses, .uploads),
        (.messages, document, .anthropic, .uploads), (.responses, searched, .responses, .uploads),
        (.responses, #"{"model":"m","prompt":{"id":"pmpt_1"}}"#, .responses, .prompts),
    ])
    func references(client: ClientAPI, body: String, api: ProviderAPI, kind: AccountReference) throws {
        let request = try request(client, body)
        let error = #expect(throws: GatewayError.self) {
            try TargetTranslation(request, for: target(api)).call()
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("allow_references: [\(kind.rawValue)]") == true)
        // What is still wrong then is none of the account's.
        do {
            _ = try TargetTranslation(request, for: target(api, open: [kind])).call()
        } catch {
            #expect(!error.message.contains("allow_references"))
        }
    }

    @Test("What lies in no account passes", arguments: [
        image("https://a.example/x.png"), image("data:image/png;base64,AAAA"),
        chat(#"{"type":"file","file":{"file_data":"data:application/pdf;base64,AAAA"}}"#),
    ])
    func open(body: String) throws {
        for api in [ProviderAPI.openAI, .gemini, .vertex] {
            #expect(throws: Never.self) { try TargetTranslation(request(.chat, body), for: target(api)).call() }
        }
    }

    @Test("A model's name leads nowhere else, whoever says it", arguments: [
        "..", "a/../b", ".", "a//b", "/a", "a/", "",
    ])
    func dots(model: String) {
        for api in [ProviderAPI.gemini, .vertex, .bedrock] {
            #expect(throws: GatewayError.self) { try target(api, model: model).checkModelName() }
        }
        #expect(throws: Never.self) { try target(.compatible, model: model).checkModelName() }
    }

    @Test("Only the operator names a model by its full name in an account", arguments: [
        (ProviderAPI.vertex, "projects/other/locations/eu/endpoints/1"),
        (.bedrock, "arn:aws:bedrock:eu-central-1:123456789012:provisioned-model/x"),
    ])
    func foreign(api: ProviderAPI, model: String) {
        var target = target(api, model: model)
        #expect(throws: Never.self) { try target.checkModelName() }
        target.takesClientsModel = true
        #expect(throws: GatewayError.self) { try target.checkModelName() }
    }

    @Test("Azure's paths hold a model's name as one segment")
    func azure() throws {
        var target = target(.azure, model: "d/images/generations?api-version=1&x=")
        target.place.version = "2024-10-21"
        let encoded = "/openai/deployments/d%2Fimages%2Fgenerations%3Fapi-version%3D1%26x%3D/"
        let call = try TargetTranslation(request(.chat, Self.image("https://a.example/x.png")), for: target).call()
        #expect(call.path == encoded + "chat/completions?api-version=2024-10-21")
        let embeddings = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":"a"}"#).root)
        #expect(
            try EmbeddingsProvider.call(embeddings, to: target).path == encoded + "embeddings?api-version=2024-10-21")
    }

    @Test("A member of the body never becomes a header; a header of the client's does")
    func headers() throws {
        let body = #"{"model":"m","max_tokens":1,"anthropic-beta":"a\nb","messages":[{"role":"user","content":"x"}]}"#
        let chat = try request(.chat, body)
        let call = try TargetTranslation(chat, for: target(.anthropic)).call()
        #expect(call.headers.map(\.name) == ["anthropic-version"] && call.dropped == ["anthropic-beta"])
        let conversation = try AnthropicClient().request(
            JSONDocument(body).root, headers: [(name: "anthropic-beta", value: "x")])
        let own = try AnthropicProvider().call(conversation, model: ProviderModel(name: "m"))
        #expect(own.headers.last == .init("anthropic-beta", "x"))
    }
}
