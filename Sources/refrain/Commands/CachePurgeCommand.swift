import ArgumentParser
import CurlClient
import GatewayConfig
import GatewayCore
import GatewayHTTP
import NIOCore
import Policy
import Telemetry

/// `refrain cache purge`: asks a running gateway to forget answers.
struct CachePurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Forget stored answers.",
        discussion: """
            Asks a running gateway (POST /admin/cache/purge), with the key that admin.key of the configuration refers \
            to. Say what to forget by exactly one option. When the command ends, no replica serves it any more.

            Tags, namespaces, models, principals, ages and tenants take the same short time however many answers there \
            are, and are not counted without --erase. --dry-run counts and shows some, and forgets nothing.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(help: "The gateway's address; left out: that of the configuration.")
    var url: String?

    @Option(help: "The tenant whose answers they are.")
    var tenant = "default"

    @Flag(help: "All answers of the tenant.")
    var all = false

    @Option(help: "One answer, as x-refrain-entry said.")
    var entry: String?

    @Option(help: "All answers of a namespace; with --similar-to: where to look.")
    var namespace: String?

    @Option(help: "All answers with a tag.")
    var tag: String?

    @Option(help: "All answers to one person's questions, as requests name it in 'safety_identifier' or 'user'.")
    var principal: String?

    @Option(help: "All answers of a model, as clients ask for it or as the provider names it.")
    var model: String?

    @Option(help: "All answers older than so many seconds.")
    var olderThan: Int?

    @Option(help: "All answers to questions like this text.")
    var similarTo: String?

    @Option(help: "The least cosine to --similar-to, 0.5 to 1.")
    var threshold: Double = 0.9

    @Flag(help: "Count and show some, and forget nothing.")
    var dryRun = false

    @Flag(help: "Also erase at once what is forgotten, and count it.")
    var erase = false

    func run() async throws {
        let configuration = try await options.load()
        guard let key = configuration.policy.adminKey else {
            throw ValidationError("\(options.config) has no admin.key: there is no admin API")
        }
        let host = configuration.server.host == "0.0.0.0" ? "127.0.0.1" : configuration.server.host
        let base = url ?? "http://\(host):\(configuration.server.port)"
        let curl = try CurlClient(configuration: configuration.curl)
        let outcome = await post(body, to: base + "/admin/cache/purge", key: key, over: curl)
        await curl.shutdown()
        switch outcome {
        case .success(let answer) where answer.status == 200:
            print(String(buffer: answer.body), terminator: "")
        case .success(let answer):
            StandardError.write("\(answer.status): \(String(buffer: answer.body))\n")
            throw ExitCode(1)
        case .failure(let error):
            StandardError.write("\(error)\n")
            throw ExitCode(1)
        }
    }

    private var body: ByteBuffer {
        JSONWriter.object { json in
            json.member("tenant", tenant)
            if all { json.member("all", true) }
            json.member("entry", entry)
            json.member("namespace", namespace)
            json.member("tag", tag)
            json.member("principal", principal)
            json.member("model", model)
            json.member("similar_to", similarTo)
            json.member("older_than_s", olderThan)
            if similarTo != nil { json.member("threshold", rounded: Float(threshold)) }
            json.member("dry_run", dryRun)
            json.member("erase", erase)
        }
    }

    /// An answer is at most a few samples long.
    private static let answerLimit = 1 << 20

    private func post(
        _ body: ByteBuffer, to url: String, key: Secret, over curl: CurlClient
    ) async -> Result<(status: Int, body: ByteBuffer), CurlError> {
        let request = CurlRequest(
            method: "POST", url: url,
            headers: [("authorization", "Bearer \(key.exposed)"), ("content-type", "application/json")], body: body,
            deadlines: CurlDeadlines(connect: .seconds(2), firstByte: .seconds(600), total: .seconds(600)),
            allowsPrivateAddresses: true)
        do throws(CurlError) {
            let response = try await curl.execute(request)
            return .success((response.status, try await response.body.collect(upTo: Self.answerLimit)))
        } catch {
            return .failure(error)
        }
    }
}
