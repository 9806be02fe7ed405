/// A request as a `ScriptedServer` received it.
package struct ScriptedRequest: Sendable {
    /// Which connection it came by, counted from 0.
    package let connection: Int
    package let method: String
    /// Path and query.
    package let target: String
    /// In order, with the spelling they came in.
    package let headers: [(name: String, value: String)]
    package internal(set) var body: [UInt8] = []

    /// The first header with this name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
