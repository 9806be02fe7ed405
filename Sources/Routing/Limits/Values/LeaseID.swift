/// Names one attempt at one deployment. The same name never comes twice, anywhere in the fleet.
package struct LeaseID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ name: String) { description = name }
}
