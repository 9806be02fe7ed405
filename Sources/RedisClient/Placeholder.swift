import NIOSSL
import NIOPosix
import CHiredis
