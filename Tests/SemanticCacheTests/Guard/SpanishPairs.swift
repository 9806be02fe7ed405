/// Pairs of questions in Spanish, written for these tests: one of each line must not be served for the other, or may.
enum SpanishPairs {
    static let differing = """
        ¿Cómo activo el modo oscuro? | ¿Cómo desactivo el modo oscuro?
        ¿Cómo abro una cuenta? | ¿Cómo cierro una cuenta?
        ¿Cómo puedo aumentar el volumen? | ¿Cómo puedo disminuir el volumen?
        ¿Cómo agregar un contacto? | ¿Cómo eliminar un contacto?
        ¿Cómo instalo la aplicación? | ¿Cómo desinstalo la aplicación?
        ¿Dónde puedo depositar dinero? | ¿Dónde puedo retirar dinero?
        ¿Cómo bloqueo mi tarjeta? | ¿Cómo desbloqueo mi tarjeta?
        ¿Cuáles son las ventajas del plan? | ¿Cuáles son las desventajas del plan?
        ¿Se toma antes de comer? | ¿Se toma después de comer?
        ¿Cuál es la dosis máxima? | ¿Cuál es la dosis mínima?
        ¿Está permitido fumar? | ¿Está prohibido fumar?
        Quiero comprar un coche | Quiero vender un coche
        Perdí mi cartera | Encontré mi cartera
        ¿Cómo importo los datos? | ¿Cómo exporto los datos?
        ¿Cómo renuevo mi contrato? | ¿Cómo cancelo mi contrato?
        Enciende la luz | Apaga la luz
        Hay que esperar al menos tres días | Hay que esperar como máximo tres días
        ¿Cuál es la capital de Suecia? | ¿Cuál es la capital de Noruega?
        ¿Qué tiempo hace en Sevilla? | ¿Qué tiempo hace en Madrid?
        ¿Abren los lunes? | ¿Abren los sábados?
        ¿Lo tienen en rojo? | ¿Lo tienen en azul?
        ¿Puedo pagar con Visa? | ¿Puedo pagar con Mastercard?
        Un vuelo de Madrid a París | Un vuelo de París a Madrid
        ¿Cómo convierto euros a dólares? | ¿Cómo convierto dólares a euros?
        ¿Cuándo abre la tienda? | ¿Dónde abre la tienda?
        ¿Por qué se canceló el vuelo? | ¿Cuándo se canceló el vuelo?
        ¿Están abiertos hoy? | ¿Están abiertos mañana?
        La factura del mes pasado | La factura del próximo mes
        Un contrato de dos años | Un contrato de cinco años
        ¿Puedo viajar con visado? | ¿Puedo viajar sin visado?
        Mi pedido llegó ayer | Mi pedido no llegó ayer
        """

    static let alike = """
        ¿Cómo restablezco mi contraseña? | Quiero restablecer mi contraseña
        ¿Dónde está mi pedido? | ¿Me puede decir dónde está mi pedido?
        ¿Cómo cancelo mi suscripción? | Quiero cancelar mi suscripción
        ¿Cuál es la capital de Italia? | Dime la capital de Italia
        ¿Puedo pagar con PayPal? | ¿Aceptan PayPal?
        Mi tarjeta fue rechazada | ¿Por qué fue rechazada mi tarjeta?
        ¿Cuánto cuesta el billete? | ¿Qué precio tiene el billete?
        ¿Cómo cambio mi dirección? | Necesito cambiar mi dirección
        ¿Qué tiempo hará mañana en Madrid? | ¿Qué tiempo hará en Madrid mañana?
        ¿Cómo elimino mi cuenta? | ¿Cómo puedo eliminar mi cuenta?
        Hola, ¿cuándo abren? | ¿Cuándo abren?
        ¿Qué diferencia hay entre un gato y un perro? | ¿Qué diferencia hay entre un perro y un gato?
        ¿Cómo voy de Madrid a Sevilla en tren? | ¿Cómo voy en tren de Madrid a Sevilla?
        Tres noches en Lima | 3 noches en Lima
        ¿Necesito visado para Japón? | ¿Hace falta visado para Japón?
        ¿Quién escribió Don Quijote? | ¿Quién es el autor de Don Quijote?
        ¿Cómo instalo la aplicación? | ¿Cómo puedo instalar la aplicación?
        No he recibido mi paquete | Mi paquete no ha llegado
        ¿El estacionamiento es gratis? | ¿Es gratis el estacionamiento?
        ¿Cuánto mide la torre Eiffel? | ¿Qué altura tiene la torre Eiffel?
        """
}
