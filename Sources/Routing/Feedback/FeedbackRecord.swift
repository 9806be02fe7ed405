package import GatewayCore
package import NIOCore

/// What is remembered of an answer, so that a judgment of it can be taken: by whom, where from, and what it teaches.
package struct FeedbackRecord: Sendable, Equatable {
    /// Who asked: nobody else may judge.
    package let tenant: TenantID
    /// The configured route.
    package let route: String
    package let deployment: DeploymentID
    package let choice: LearnedChoice

    package init(tenant: TenantID, route: String, deployment: DeploymentID, choice: LearnedChoice) {
        self.tenant = tenant
        self.route = route
        self.deployment = deployment
        self.choice = choice
    }
}

extension FeedbackRecord {
    /// As a JSON object with short keys, about 300 bytes.
    package var json: ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("t", tenant.description)
            writer.member("r", route)
            writer.member("d", deployment.description)
            choice.write(into: &writer)
        }
    }

    /// Nil for what ``json`` cannot have written.
    package init?(json: ByteBuffer) {
        guard let root = (try? JSONDocument(json))?.root, let tenant = root["t"]?.string,
            let route = root["r"]?.string, let deployment = root["d"]?.string, let choice = LearnedChoice(record: root)
        else { return nil }
        self.init(tenant: TenantID(tenant), route: route, deployment: DeploymentID(deployment), choice: choice)
    }
}
