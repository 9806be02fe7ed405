import ArgumentParser
import GatewayCore
import NIOCore

/// `refrain cache show`: one stored answer.
struct CacheShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one stored answer.",
        discussion: """
            Asks a running gateway (GET /admin/cache/entries/{id}) with admin.key. The id is what x-refrain-entry says \
            or the first column of 'refrain cache list'. "served" says whether a request for exactly this question \
            would get it. --json prints what the gateway answered.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var gateway: GatewayAddressOption

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: "The entry's id, 32 hexadecimal digits.")
    var entry: String

    func run() async throws {
        guard let id = EntryID(hexadecimal: entry) else {
            throw ValidationError("an entry's id has 32 hexadecimal digits, found '\(entry)'")
        }
        let client = try AdminClient(try await options.load(), url: gateway.url, path: options.config)
        let answer = try await client.ask("GET", "/admin/cache/entries/\(id)")
        if json { return print(String(buffer: answer.body), terminator: "") }
        let hidden = ["object", "answer"]
        let width = answer.json.members.map { $0.name.count }.max() ?? 0
        for member in answer.json.members where !hidden.contains(member.name) {
            let value = CellText.line(member.value.string ?? String(buffer: member.value.rawText))
            print(member.name + String(repeating: " ", count: width - member.name.count) + "  " + value)
        }
        let text = answer.json["answer"]?["choices"]?.elements.first { _ in true }?["message"]?["content"]?.string
        print("\n" + CellText.plain(text ?? answer.json["answer"].map { String(buffer: $0.rawText) } ?? ""))
    }
}
