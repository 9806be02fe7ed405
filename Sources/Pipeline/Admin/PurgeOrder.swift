package import GatewayCore
package import NIOCore

/// What is to be forgotten: the body of `POST /admin/cache/purge`.
package struct PurgeOrder: Sendable, Equatable {
    /// Which answers.
    package enum Subject: Sendable, Equatable {
        case everything
        case entry(EntryID)
        /// A curated answer with all its entries, by its id.
        case curated(String)
        case namespace(String)
        case tag(String)
        /// As requests name it, in `safety_identifier` or `user`.
        case principal(String)
        case model(String)
        /// Older than so many seconds.
        case age(seconds: Int)
        /// At a cosine of at least `threshold` to a text, in one namespace.
        case similar(text: String, threshold: Float, namespace: String)

        /// The member that names it.
        package var name: String {
            switch self {
            case .everything: "all"
            case .entry: "entry"
            case .curated: "curated"
            case .namespace: "namespace"
            case .tag: "tag"
            case .principal: "principal"
            case .model: "model"
            case .age: "older_than_s"
            case .similar: "similar_to"
            }
        }
    }

    package let tenant: TenantID
    package let subject: Subject
    /// Count and show, forget nothing.
    package let isDry: Bool
    /// Also erase at once what is forgotten, and count it.
    package let erases: Bool

    private static let names = [
        "all", "entry", "curated", "namespace", "tag", "principal", "model", "older_than_s", "similar_to",
    ]
    private static let options = ["tenant", "dry_run", "erase", "threshold"]

    /// - Throws: `invalidJSON` or `invalidRequest`, with the member at fault.
    package init(json: ByteBuffer) throws(GatewayError) {
        let root: JSONElement
        do {
            root = try JSONDocument(json).root
        } catch {
            throw GatewayError(.invalidJSON, "the body is not JSON: \(error)")
        }
        guard root.kind == .object else { throw GatewayError(.invalidRequest, "expected a JSON object") }
        for member in root.members where !(Self.names + Self.options).contains(member.name) {
            throw Self.mistake(String(member.name.prefix(64)), "is not known")
        }
        tenant = TenantID(try Self.text("tenant", of: root) ?? TenantID.open.description)
        isDry = try Self.flag("dry_run", of: root)
        erases = try Self.flag("erase", of: root)
        subject = try Self.subject(root)
    }

    private static func subject(_ root: JSONElement) throws(GatewayError) -> Subject {
        // A namespace says where what is similar is looked for.
        let isSimilar = root["similar_to"] != nil
        let given = names.filter { root[$0] != nil && !(isSimilar && $0 == "namespace") }
        guard given.count == 1, let name = given.first else {
            throw GatewayError(.invalidRequest, "expected exactly one of \(names.joined(separator: ", "))")
        }
        if name == "all" {
            guard try flag("all", of: root) else { throw mistake("all", "must be true") }
            return .everything
        }
        if name == "older_than_s" {
            guard let seconds = root[name]?.integer, seconds >= 0, seconds <= 1 << 40 else {
                throw mistake(name, "must be a number of seconds")
            }
            return .age(seconds: seconds)
        }
        guard let text = try text(name, of: root) else { throw mistake(name, "must be a string") }
        switch name {
        case "entry":
            guard let entry = EntryID(hexadecimal: text) else { throw mistake(name, "must be an entry's id") }
            return .entry(entry)
        case "curated" where !text.isEmpty: return .curated(text)
        case "namespace": return .namespace(text)
        case "tag":
            guard CacheTags.isTag(text) else { throw mistake(name, "must be a tag") }
            return .tag(text)
        case "principal" where !text.isEmpty: return .principal(text)
        case "model" where !text.isEmpty: return .model(text)
        case "similar_to" where !text.isEmpty:
            let threshold = root["threshold"].map { Float($0.double ?? -1) } ?? 0.9
            guard (0.5...1).contains(threshold) else { throw mistake("threshold", "must be a number from 0.5 to 1") }
            return .similar(text: text, threshold: threshold, namespace: try Self.text("namespace", of: root) ?? "")
        default: throw mistake(name, "must not be empty")
        }
    }

    private static func text(_ name: String, of root: JSONElement) throws(GatewayError) -> String? {
        guard let element = root[name] else { return nil }
        guard let text = element.string, text.utf8.count <= 8192 else { throw mistake(name, "must be a string") }
        return text
    }

    private static func flag(_ name: String, of root: JSONElement) throws(GatewayError) -> Bool {
        guard let element = root[name] else { return false }
        guard let flag = element.bool else { throw mistake(name, "must be true or false") }
        return flag
    }

    private static func mistake(_ name: String, _ text: String) -> GatewayError {
        GatewayError(.invalidRequest, "\(name) \(text)", parameter: name)
    }
}
