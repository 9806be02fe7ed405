package import GatewayCore
package import NIOCore

/// What is remembered of an answer, so that a judgment of it can be taken: by whom, where from, and what it teaches.
package struct FeedbackRecord: Sendable, Equatable {
    /// Where an answer came from.
    package enum Source: Sendable, Equatable {
        /// A target that a route learned to choose.
        case target(DeploymentID, LearnedChoice)
        case cache(ServedHit)
    }

    /// Who asked: nobody else may judge.
    package let tenant: TenantID
    /// The configured route.
    package let route: String
    package let source: Source

    package init(tenant: TenantID, route: String, deployment: DeploymentID, choice: LearnedChoice) {
        self.init(tenant: tenant, route: route, source: .target(deployment, choice))
    }

    package init(tenant: TenantID, route: String, hit: ServedHit) {
        self.init(tenant: tenant, route: route, source: .cache(hit))
    }

    private init(tenant: TenantID, route: String, source: Source) {
        self.tenant = tenant
        self.route = route
        self.source = source
    }
}

extension FeedbackRecord {
    /// As a JSON object with short keys, about 300 bytes.
    package var json: ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("t", tenant.description)
            writer.member("r", route)
            switch source {
            case .target(let deployment, let choice):
                writer.member("d", deployment.description)
                choice.write(into: &writer)
            case .cache(let hit):
                writer.object("h") { writer in hit.write(into: &writer) }
            }
        }
    }

    /// Nil for what ``json`` cannot have written.
    package init?(json: ByteBuffer) {
        guard let root = (try? JSONDocument(json))?.root, let tenant = root["t"]?.string, let route = root["r"]?.string
        else { return nil }
        if let record = root["h"] {
            guard let hit = ServedHit(record: record) else { return nil }
            self.init(tenant: TenantID(tenant), route: route, hit: hit)
        } else {
            guard let deployment = root["d"]?.string, let choice = LearnedChoice(record: root) else { return nil }
            self.init(tenant: TenantID(tenant), route: route, deployment: DeploymentID(deployment), choice: choice)
        }
    }
}
