/// Where the mock listens, whom it serves and how it answers unless a request's headers say otherwise.
package struct MockProviderConfiguration: Sendable, Equatable {
    package var host = "127.0.0.1"
    /// 0 takes a free port; `start()` answers which.
    package var port = 0
    /// Event loop threads; one is enough to be far faster than what is measured against it.
    package var threads = 1
    /// The one key callers must bring, each dialect in its own header; nil asks for none.
    package var apiKey: String?
    /// The identifier of the key with which requests to Amazon Bedrock must be signed; nil takes any.
    package var awsAccessKeyID: String?
    /// Its secret, against which signatures are verified; nil looks at their form alone.
    package var awsSecretKey: String?
    /// What stands in front of every path, such as `/api`; other paths get 404.
    package var basePath = ""
    /// The one `api-version` that Azure's paths to deployments take; nil for any that looks like one.
    package var azureVersion: String?
    /// The one project and location that Vertex' paths may name; nil for any.
    package var vertexPlace: Place?
    /// Give the port back as soon as it is known, so that connections to it are refused.
    package var refusesConnections = false
    /// What `GET /v1/models` lists. Requests may name any model.
    package var models = ["mock-small", "mock-large", "mock-embedding"]
    /// Larger request bodies get 413, in bytes.
    package var bodyLimit = 16 * 1024 * 1024
    /// Seed of jitter and drawn errors: the same requests in the same order after a start or a reset meet the same.
    package var seed: UInt64 = 1
    package var behavior = MockBehavior()

    /// Where in Google Cloud something is.
    package struct Place: Sendable, Equatable {
        package let project: String
        package let location: String

        package init(project: String, location: String) {
            self.project = project
            self.location = location
        }
    }

    /// A free port of the loopback address, any caller, no fault.
    package init() {}
}
