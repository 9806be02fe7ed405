import ArgumentParser
import MockProvider

/// Where the mock listens and whom it serves.
struct MockServerOptions: ParsableArguments {
    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one and prints it.")
    var port = 8089

    @Option(help: "Event loop threads.")
    var threads = 1

    @Option(help: "Key that callers must bring, in the header of their dialect; any caller is served without it.")
    var apiKey: String?

    @Option(help: "Identifier of the key that requests to Bedrock must be signed with; any is taken without it.")
    var awsAccessKeyId: String?

    @Option(help: "Secret of that key; without it only the form of signatures is looked at.")
    var awsSecretKey: String?

    @Flag(help: "Give the port back at once, so that connections to it are refused.")
    var refuseConnections = false

    @Option(help: "Model that GET /v1/models lists; may be repeated. Requests may name any model.")
    var model: [String] = []

    @Option(help: "Largest request body, in bytes.")
    var bodyLimitBytes = 16 * 1024 * 1024

    @Option(help: "Seed of jitter and drawn errors.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be from 1 to 64.") }
        guard bodyLimitBytes > 0 else { throw ValidationError("--body-limit-bytes must be at least 1.") }
    }

    func apply(to configuration: inout MockProviderConfiguration) {
        configuration.host = host
        configuration.port = port
        configuration.threads = threads
        configuration.apiKey = apiKey
        configuration.awsAccessKeyID = awsAccessKeyId
        configuration.awsSecretKey = awsSecretKey
        configuration.refusesConnections = refuseConnections
        configuration.bodyLimit = bodyLimitBytes
        configuration.seed = seed
        if !model.isEmpty { configuration.models = model }
    }
}
