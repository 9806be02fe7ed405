import NIOCore

extension MockStatistics {
    /// The answer of `GET /mock/stats`: the sums, and the same for every path that had requests.
    var body: ByteBuffer {
        var buffer = ByteBuffer(string: "{" + Self.members(total) + ",\"paths\":{")
        var separator = ""
        for route in MockRoute.allCases {
            let tally = self[route]
            guard tally.requests > 0 else { continue }
            buffer.writeString("\(separator)\"\(route.rawValue)\":{\(Self.members(tally))}")
            separator = ","
        }
        buffer.writeStaticString("}}")
        return buffer
    }

    private static func members(_ tally: MockTally) -> String {
        """
        "requests":\(tally.requests),"completed":\(tally.completed),\
        "cancelled_by_client":\(tally.cancelledByClient),"interrupted":\(tally.interrupted),\
        "in_flight":\(tally.inFlight)
        """
    }
}
