package import CurlClient

/// Tells from a URL alone, without asking a name server, that its host is no public one.
package enum PrivateHost {
    /// What its host is; nil for one that is public, or a name of which nobody knows yet.
    package static func use(ofURL url: String) -> IPAddress.SpecialUse? {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        var host = rest.prefix { !"/?#".contains($0) }
        let bracket = host.lastIndex(of: "]") ?? host.startIndex
        if let colon = host[bracket...].lastIndex(of: ":") { host = host[..<colon] }
        if let address = IPAddress(urlHost: String(host)) { return address.specialUse }
        // RFC 6761 keeps this name, and all below it, for the machine itself.
        let name = host.lowercased()
        let bare = name.hasSuffix(".") ? name.dropLast() : name[...]
        return bare == "localhost" || bare.hasSuffix(".localhost") ? .loopback : nil
    }
}

extension ConfigSection {
    /// Reads `allow_private`, and refuses a `base_url` that cannot be reached without it.
    /// - Parameter baseURL: nil when it has a problem already.
    func readPrivateHost(_ baseURL: String?) -> Bool {
        var isAllowed = false
        read("allow_private", .bool, into: &isAllowed)
        if !isAllowed, let use = baseURL.flatMap(PrivateHost.use) {
            refuse(
                "base_url",
                "expected a public host, found one that is \(use.rawValue); say allow_private: true if it is meant")
        }
        return isAllowed
    }
}
