import GatewayCore
import Testing

@testable import ProviderAPIs

/// A dialect of providers, by the name of its folder of fixtures.
enum Wire: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case openai, compatible, responses, anthropic, gemini, bedrock

    /// The name its models have in the fixtures.
    var model: String {
        switch self {
        case .openai, .responses: "gpt-5"
        case .compatible: "llama-4"
        case .anthropic: "claude-sonnet-4-5"
        case .gemini: "gemini-2.5-flash"
        case .bedrock: "anthropic.claude-sonnet-4-5-20250929-v1:0"
        }
    }

    private var api: ProviderAPI {
        switch self {
        case .openai: .openAI
        case .compatible: .compatible
        case .responses: .responses
        case .anthropic: .anthropic
        case .gemini: .gemini
        case .bedrock: .bedrock
        }
    }

    var target: Target {
        var target = Target(
            deployment: DeploymentID("d"), baseURL: "https://p.example", keys: nil, model: model,
            deadlines: CallDeadlines(), allowsPrivateAddresses: false)
        target.api = api
        target.place.region = "eu-central-1"
        return target
    }

    /// Whether its providers speak as these clients do, so that bytes pass.
    func isSpoken(by client: ClientAPI) -> Bool {
        switch (self, client) {
        case (.openai, .chat), (.compatible, .chat), (.responses, .responses), (.anthropic, .messages): true
        default: false
        }
    }

    var parser: any EventParser { self == .bedrock ? AmazonEventStreamParser() : EventStreamParser() }

    /// The frames of a stream as a fixture has it: events of lines, and for Bedrock a name and JSON on each line.
    func frames(_ text: String) -> [[UInt8]] {
        if self == .bedrock {
            return text.split(separator: "\n").map { line in
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                return parts[0].hasSuffix("Exception")
                    ? AmazonFrame.exception(parts[0], parts[1]) : AmazonFrame.event(parts[0], parts[1])
            }
        }
        // Gemini ends its lines with a carriage return and a line feed.
        let end = self == .gemini ? "\r\n" : "\n"
        return text.split(separator: "\n\n").map { Array(($0.replacing("\n", with: end) + end + end).utf8) }
    }

    var testDescription: String { rawValue }
}
