internal import CLibcurl

extension Transfer {
    /// Makes libcurl call this object. No closure captures anything: the object comes back as the context pointer.
    func connectCallbacks() throws(CurlError) {
        try easy.setPrerequisite { context, _, _, _, _ in
            Transfer.at(context)?.requestLeaves()
            return Int32(CURL_PREREQFUNC_OK)
        }
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard let transfer = Transfer.at(context), transfer.receive(headLine: line) else {
                return CLibcurl_write_error()
            }
            return line.count
        }
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard !piece.isEmpty else { return 0 }
            return Transfer.at(context)?.receive(piece: piece) ?? CLibcurl_write_error()
        }
    }

    /// Lets libcurl connect to public addresses only: here every address that a name has led to comes by, so it does
    /// not matter what the name server says a moment later. A kept connection opens no socket, and may have been made
    /// for somebody who is allowed more; so its address is looked at again before the request leaves.
    func guardAddresses() throws(CurlError) {
        try easy.setOpenSocket { context, _, address in
            guard let transfer = Transfer.at(context), let address, transfer.mayReach(IPAddress(address)) else {
                return CLibcurl_no_socket()
            }
            return CLibcurl_open_socket(address)
        }
        try easy.setPrerequisite { context, address, _, _, _ in
            guard let transfer = Transfer.at(context), let address,
                transfer.mayReach(IPAddress(String(cString: address)))
            else { return Int32(CURL_PREREQFUNC_ABORT) }
            transfer.requestLeaves()
            return Int32(CURL_PREREQFUNC_OK)
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension IPAddress {
    /// Nil for an address of another family.
    fileprivate init?(_ address: UnsafePointer<curl_sockaddr>) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = CLibcurl_address_bytes(address, &bytes)
        self.init(bytes: Array(bytes.prefix(count)))
    }
}
