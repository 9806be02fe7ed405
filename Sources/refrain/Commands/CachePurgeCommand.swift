import ArgumentParser
import GatewayCore
import NIOCore

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

            Curated answers are not forgotten by --older-than and --similar-to: name them, or something they have.
            """)

    @OptionGroup var options: ConfigurationOption

    @OptionGroup var gateway: GatewayAddressOption

    @Option(help: "The tenant whose answers they are.")
    var tenant = "default"

    @Flag(help: "All answers of the tenant.")
    var all = false

    @Option(help: "One answer, as x-refrain-entry said.")
    var entry: String?

    @Option(help: "One curated answer, by the id it was imported under.")
    var curated: String?

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
        let client = try AdminClient(configuration, url: gateway.url, path: options.config)
        let answer = try await client.ask("POST", "/admin/cache/purge", body: body)
        print(String(buffer: answer.body), terminator: "")
    }

    private var body: ByteBuffer {
        JSONWriter.object { json in
            json.member("tenant", tenant)
            if all { json.member("all", true) }
            json.member("entry", entry)
            json.member("curated", curated)
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
}
