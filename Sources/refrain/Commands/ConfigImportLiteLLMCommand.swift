import ArgumentParser
import Telemetry

/// `refrain config import litellm`: our configuration from LiteLLM's.
struct ConfigImportLiteLLMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "litellm",
        abstract: "Print a LiteLLM configuration as one of Refrain's.",
        discussion: """
            Reads model_list, router_settings and the fallbacks of litellm_settings. Entries of one model_name become \
            the targets of one route, its fallbacks the targets of higher priority numbers. Keys stay references: \
            os.environ/NAME becomes env:NAME; a file that holds a key itself is refused.

            The new file goes to standard output, with a comment for all that has no counterpart; a summary goes to \
            standard error. Check the result with 'refrain check-config'.
            """)

    @Argument(help: "The file to read.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func run() async throws {
        do throws(LiteLLMProblem) {
            let taken = try LiteLLMImport(try contents())
            print(taken.yaml(), terminator: "")
            let (routes, providers) = (taken.routes.count, taken.providers.count)
            StandardError.write(
                "took over \(Plural.count(routes, "route")) and \(Plural.count(providers, "provider")); "
                    + "\(Plural.count(taken.notes.count, "thing")) not taken over\n")
            for note in taken.notes { StandardError.write("  \(note.path): \(note.text)\n") }
        } catch {
            StandardError.write(error.description.split(separator: "\n").map { "\(file): \($0)\n" }.joined())
            throw ExitCode.failure
        }
    }

    private func contents() throws(LiteLLMProblem) -> String {
        guard let text = try? TextFile.contents(of: file) else { throw LiteLLMProblem("expected a readable file") }
        return text
    }
}
