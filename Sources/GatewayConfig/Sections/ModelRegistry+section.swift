import GatewayCore
import Routing
import Yams

extension ModelRegistry {
    /// Reads `models_file`, then `models` over it: of a model that the file has, only what is said here changes.
    mutating func read(_ root: ConfigSection) {
        if let path = root.optional("models_file", .text("a file of models")) { readFile(path, from: root) }
        readModels(root)
    }

    /// Reads the list of models of one document.
    private mutating func readModels(_ section: ConfigSection) {
        var names = UniqueValues("a model's name")
        let models = section.list("models") { section in
            let name = section.required("name", .word("a model's name"))
            if let name { names.take(name, of: "name", in: section) }
            let aliases = section.values("aliases", .word("another name")).map(\.value)
            var profile = name.flatMap { self.profile(named: $0) } ?? ModelProfile(name: name ?? "")
            profile.read(section)
            return name == nil ? nil : (profile, aliases)
        }
        for (profile, aliases) in models { set(profile, aliases: aliases) }
    }

    /// Reads a file of its own. What is wrong in it is reported where the file is named, with its place inside.
    private mutating func readFile(_ path: String, from root: ConfigSection) {
        let document: ConfigDocument
        do {
            document = try ConfigDocument(root.reader.secrets.readFile(path))
        } catch let issue as ConfigIssue {
            return root.refuse("models_file", "\(FoundText.shown(path)):\(issue)")
        } catch {
            return root.refuse("models_file", "expected a readable file \(FoundText.shown(path)), but: \(error)")
        }
        let reader = ConfigReader(secrets: root.reader.secrets, doubledKeys: document.doubledKeys)
        let section = ConfigSection(document.root, path: "", pattern: "", reader: reader)
        readModels(section)
        section.finish()
        for issue in ConfigIssues(source: path, sorting: reader.issues)?.issues ?? [] {
            root.refuse("models_file", "\(FoundText.shown(path, limit: FoundText.pathLengthLimit)):\(issue)")
        }
    }
}
