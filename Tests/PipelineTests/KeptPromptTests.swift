import GatewayCore
import NIOCore
import ProviderAPIs
import RequestAnalysis
import Testing

@testable import Pipeline

@Suite("Requests that name a prompt which their provider keeps")
struct KeptPromptTests {
    private let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())

    private func request(_ body: String) throws -> ChatRequest {
        try RequestReading(analyzer: analyzer, api: .responses)
            .read(ByteBuffer(string: body), headers: CallerHeaders())
    }

    private func entry(_ body: String) throws -> EntryID? {
        let request = try request(body)
        return try analyzer.analyze(
            request, headers: CallerHeaders(), scope: CacheScope(tenant: .open), modelClass: request.model
        ).place?.entry
    }

    private func call(_ body: String, to api: ProviderAPI) throws -> ProviderCall {
        var target = Target(
            deployment: DeploymentID("d"), baseURL: "https://p.example", keys: nil, model: "m",
            deadlines: CallDeadlines(), allowsPrivateAddresses: false)
        target.api = api
        target.references = [.prompts]
        return try TargetTranslation(request(body), for: target).call()
    }

    @Test("They need no input, and reach the provider as they came")
    func alone() throws {
        let body = #"{"model":"m","prompt":{"id":"pmpt_1","variables":{"city":"Ulm"}}}"#
        #expect(String(buffer: try call(body, to: .responses).body) == body)
    }

    @Test("Two of them share an answer only where they are the same")
    func shared() throws {
        let bodies = [#"{"id":"pmpt_1"}"#, #"{"id":"pmpt_2"}"#, #"{"id":"pmpt_1","version":"2"}"#]
            .map { #"{"model":"m","prompt":\#($0)}"# }
        let entries = try bodies.map(entry)
        #expect(Set(entries).count == 3 && !entries.contains(nil))
        #expect(try entry(bodies[0]) == entries[0])
    }

    @Test("No other provider is asked, since it would answer something else", arguments: [
        ProviderAPI.openAI, .compatible, .anthropic, .gemini, .bedrock,
    ])
    func elsewhere(api: ProviderAPI) {
        for input in ["", #","input":"q""#] {
            #expect {
                try call(#"{"model":"m","prompt":{"id":"pmpt_1"}\#(input)}"#, to: api)
            } throws: { error in
                (error as? GatewayError)?.code == .invalidRequest && (error as? GatewayError)?.parameter == "prompt"
            }
        }
    }

    @Test("A request without a prompt still needs input")
    func none() {
        for body in [#"{"model":"m"}"#, #"{"model":"m","prompt":null}"#, #"{"model":"m","input":[]}"#] {
            #expect(throws: GatewayError.self) { try request(body) }
        }
    }
}
