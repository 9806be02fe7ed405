extension GuardLanguage {
    static let spanish = GuardLanguage(
        language: .spanish,
        opposites: """
            aument* subir sube subida increment* | dismin* reduc* baj* rebaj*
            activ* habilit* | desactiv* deshabilit*
            encend* enciend* prend* | apag*
            abr* abier* apertura | cerr* cierr* cierre
            empez* empiez* comenz* comienz* inici* | termin* acab* deten* par* fin
            deposit* ingres* | retir* sac*
            import* | export*
            subir cargar | descarg* bajar
            suscri* | cancelar_suscripción desuscri*
            iniciar_sesión | cerrar_sesión
            registr* | baja
            instal* | desinstal*
            bloque* | desbloque*
            conect* | desconect*
            cifr* | descifr*
            añad* agreg* | elimin* borr* quit*
            elimin* borr* | restaur* recuper* conserv*
            cre* | elimin* destru*
            reserv* confirm* | cancel* anul*
            renov* renuev* | cancel* rescind*
            acept* aprob* aprueb* | rechaz* deneg*
            permit* autoriz* | prohib*
            gan* | perd* pierd* pérdida
            perd* | encontr* encuentr*
            lleg* | sal* partida
            entr* | sal*
            entrante* | saliente*
            débito | crédito
            mínim* | máxim*
            primer* | últim*
            anterior* pasad* | siguiente* próxim*
            antigu* | nuev* reciente*
            intern* interior* | extern* exterior*
            nacional* | internacional* extranjer*
            públic* | privad*
            virtual* digital* | físic*
            línea | tienda sucursal
            automátic* | manual*
            superior* | inferior*
            ascendente* creciente* | descendente* decreciente*
            positiv* | negativ*
            sum* | rest*
            multiplic* | divid*
            verdader* | fals*
            válid* | inválid* caducad*
            posible* | imposible*
            disponible* | agotad*
            segur* | insegur* peligros*
            correct* | incorrect* erróne*
            pagad* | impagad* pendiente
            casad* | solter* divorciad*
            hombre* masculin* varón | mujer* femenin*
            padre | madre
            hijo | hija
            hermano | hermana
            norte | sur
            este | oeste
            verano | invierno
            izquierd* | derech*
            barat* económic* | car* costos*
            beneficio* ganancia* | pérdida* déficit
            ingresos | gastos
            brut* | net*
            fij* | variable*
            ida | vuelta
            ventaja* | desventaja* inconveniente*
            causa* | tratamiento* consecuencia*
            agud* | crónic*
            tiempo_completo jornada_completa | tiempo_parcial media_jornada
            permanente* | temporal*
            obligatori* | opcional* voluntari*
            inclu* | exclu* excepto salvo
            nacimiento naci* | muerte muri*
            guerra | paz
            amig* | enemig*
            éxito | fracas* falló
            contrat* | desped* despid*
            inhal* | exhal*
            caliente* calor | fri* frío*
            singular | plural
            mayúscula* | minúscula*
            """,
        slotOpposites: """
            antes | después
            sobre encima | bajo debajo
            dentro | fuera
            arriba | abajo
            delante | detrás
            cerca | lejos
            aquí | allí
            alto alta | bajo baja
            grande grandes | pequeño pequeña pequeños pequeñas
            largo larga | corto corta
            rápido rápidamente | lento lentamente
            temprano | tarde
            viejo vieja | joven nuevo nueva
            bueno buena buen | malo mala mal
            mejor mejores | peor peores
            fuerte | débil
            fácil | difícil
            lleno | vacío
            mismo misma | diferente distinto
            solo | juntos
            gratis gratuito gratuita | pago
            activo activa | inactivo inactiva
            siempre | nunca
            todo | nada
            alguien | nadie
            día | noche
            mañana | noche
            venir | ir
            dar | tomar recibir
            perro | gato
            más | menos
            sí | no
            """,
        converses: """
            compr* | vend* venta
            envi* envío mand* | recib* recep*
            prest* | pedir_prestado
            alquil* inquilino | propietario arrendador
            aprend* | enseñ*
            remitente* | destinatario*
            comprador* | vendedor*
            empleador* | empleado*
            pregunt* | respond* respuesta*
            """,
        quantifiers: """
            al_menos como_mínimo por_lo_menos | como_máximo a_lo_sumo como_mucho
            más_de más_que | menos_de menos_que
            todos todas todo cada | algunos algunas varios varias unos | ninguno ninguna ningún
            siempre | a_veces | nunca
            muchos muchas mucho | pocos pocas poco
            antes_de hasta | después_de desde
            exactamente | aproximadamente alrededor cerca_de
            solo sólo solamente únicamente | también además
            una_vez | dos_veces | tres_veces
            diari* todos_los_días | semanal* todas_las_semanas | mensual* todos_los_meses | anual* todos_los_años
            mitad medio | doble | triple
            promedio media | mediana | moda
            """,
        entities: """
            enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
            lunes martes miércoles jueves viernes sábado=sábados domingo=domingos
            españa=español=española alemania=alemán=alemana francia=francés=francesa \
            italia=italiano=italiana portugal bélgica suiza \
            inglaterra=reino_unido=inglés=inglesa irlanda escocia dinamarca suecia noruega finlandia \
            polonia hungría rumanía \
            bulgaria grecia turquía rusia ucrania croacia serbia estados_unidos=eeuu=usa canadá \
            méxico=mexicano guatemala \
            honduras nicaragua panamá cuba colombia venezuela ecuador perú bolivia chile argentina \
            uruguay paraguay brasil \
            china japón india corea tailandia vietnam australia egipto marruecos argelia túnez israel irán
            madrid barcelona valencia sevilla zaragoza málaga bilbao granada lisboa parís londres berlín \
            múnich roma milán \
            ámsterdam bruselas viena praga varsovia atenas moscú tokio pekín shanghái bogotá lima \
            santiago quito caracas \
            guadalajara monterrey cancún miami chicago boston
            euro=euros dólar=dólares libra=libras peso=pesos yen
            visa mastercard paypal amex bizum sepa
            facebook instagram twitter tiktok whatsapp telegram youtube linkedin
            google microsoft apple amazon netflix tesla samsung
            iphone=ios android windows linux mac=macos
            chrome firefox safari edge
            python java javascript typescript rust php ruby kotlin scala
            rojo=roja=rojos azul=azules verde=verdes amarillo=amarilla negro=negra blanco=blanca gris \
            marrón rosa morado naranja
            desayuno almuerzo cena
            perro gato caballo vaca cerdo oveja pájaro ratón conejo
            manzana=manzanas pera=peras plátano=plátanos naranja=naranjas cereza=cerezas fresa=fresas
            arroz pasta pan
            agua leche café té cerveza vino zumo
            coche=carro autobús tren avión bicicleta barco tranvía
            pasaporte dni licencia
            electricidad gas internet
            pdf docx jpg png json xml csv html
            vuelo=vuelos hotel=hoteles
            cabeza estómago espalda rodilla cuello cadera hombro
            diabetes cáncer asma gripe sarampión migraña
            fiebre tos resfriado diarrea
            física química biología matemáticas historia geografía
            """,
        askings: """
            cuándo desde_cuándo hasta_cuándo cuánto_tiempo a_qué_hora | dónde adónde | por_qué | cuánto \
            cuánto_cuesta | \
            cuántos cuántas | quién quiénes
            cómo | cuándo | quién
            precio precios coste costo tarifa comisión | tamaño | peso | color | longitud | anchura | altura
            causa causas motivo | síntomas señales | tratamiento | efectos_secundarios
            capital | población | moneda | idioma | presidente
            teléfono número_de_teléfono | dirección | horario horarios
            """,
        referents: """
            mi mis nuestro nuestra | tu tus vuestro | su sus
            este esta estos estas | ese esa esos esas aquel aquella
            """,
        times: """
            ayer | hoy ahora actualmente | mañana | pasado_mañana | anteayer
            semana_pasada | esta_semana | próxima_semana semana_que_viene
            mes_pasado | este_mes | próximo_mes mes_que_viene
            año_pasado | este_año | próximo_año año_que_viene
            por_la_mañana | mediodía | por_la_tarde | por_la_noche
            entre_semana | fin_de_semana
            """,
        formats: """
            en_json formato_json | en_xml | en_csv | en_una_tabla en_forma_de_tabla | en_una_lista lista_con_viñetas
            en_una_frase en_una_oración | en_dos_frases | en_tres_frases | en_una_palabra | en_un_párrafo
            en_detalle detalladamente | brevemente en_resumen en_breve
            en_forma_de_poema en_verso | en_forma_de_carta
            palabras_sencillas términos_sencillos
            en_inglés | en_español | en_alemán | en_francés | en_italiano
            """,
        fromWords: "de desde del",
        toWords: "a hacia al",
        joiningWords: "y e o u con ni",
        vocabulary: "")
}
