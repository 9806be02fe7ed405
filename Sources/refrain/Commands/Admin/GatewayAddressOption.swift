import ArgumentParser

/// Which running gateway a command asks.
struct GatewayAddressOption: ParsableArguments {
    @Option(help: "The gateway's address; left out: that of the configuration.")
    var url: String?
}
