/// When who asks becomes a part of the wall. The raw value stands in the configuration.
package enum UserScope: String, Sendable, CaseIterable {
    /// Never: all of a tenant's users share.
    case off
    /// For requests that hold a person's data.
    case data
    /// Also for those that ask how things stand with what is the asker's own.
    case personal
    /// For all requests.
    case all
}
