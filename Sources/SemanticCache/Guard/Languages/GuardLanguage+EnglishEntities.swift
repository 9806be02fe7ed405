extension GuardLanguage {
    /// Names of things of which one excludes the other.
    static let englishEntities = """
        january=jan february=feb march april=apr in_may=of_may=on_may=from_may=until_may=next_may=last_may=by_may \
        june=jun july=jul august=aug september=sept=sep october=oct november=nov december=dec
        monday=mon=mondays tuesday=tue=tues=tuesdays wednesday=wed=wednesdays thursday=thu=thurs=thursdays \
        friday=fri=fridays saturday=sat=saturdays sunday=sundays
        usa=america=united_states=the_us=us_dollar=american uk=united_kingdom=britain=british=england=english_pound \
        germany france spain italy portugal netherlands=holland belgium switzerland austria sweden norway denmark \
        finland iceland ireland scotland wales poland czechia=czech_republic slovakia hungary romania \
        bulgaria greece \
        turkey russia ukraine belarus serbia croatia slovenia bosnia albania macedonia estonia latvia \
        lithuania malta \
        cyprus luxembourg monaco andorra georgia armenia azerbaijan kazakhstan uzbekistan china japan india=indian \
        pakistan bangladesh nepal bhutan maldives thailand vietnam cambodia laos myanmar=burma malaysia singapore \
        indonesia philippines korea=south_korea north_korea taiwan mongolia iran iraq syria lebanon israel jordan \
        palestine saudi_arabia yemen oman qatar uae=emirates kuwait bahrain afghanistan egypt libya tunisia algeria \
        morocco sudan ethiopia kenya tanzania uganda rwanda nigeria ghana senegal mali benin togo cameroon congo \
        angola zambia zimbabwe botswana namibia south_africa mozambique madagascar mauritius somalia canada=canadian \
        mexico=mexican guatemala honduras nicaragua panama cuba jamaica haiti bahamas colombia venezuela \
        peru ecuador \
        bolivia chile argentina uruguay paraguay brazil=brazilian australia=australian new_zealand fiji costa_rica \
        el_salvador dominican_republic puerto_rico sri_lanka
        london paris berlin munich hamburg frankfurt cologne vienna zurich geneva rome milan venice florence naples \
        madrid barcelona seville valencia lisbon porto amsterdam rotterdam brussels antwerp copenhagen \
        stockholm oslo \
        helsinki dublin edinburgh glasgow manchester liverpool birmingham leeds bristol cardiff belfast prague \
        budapest warsaw krakow bucharest sofia athens istanbul ankara moscow kiev=kyiv \
        new_york=nyc=manhattan=brooklyn \
        los_angeles=lax chicago houston dallas austin phoenix philadelphia boston seattle denver detroit \
        atlanta miami \
        orlando tampa las_vegas=vegas san_francisco=sfo san_diego san_jose portland minneapolis baltimore charlotte \
        nashville memphis cleveland cincinnati pittsburgh st_louis kansas_city new_orleans \
        salt_lake_city indianapolis \
        columbus milwaukee oakland sacramento tucson albuquerque omaha honolulu anchorage toronto montreal vancouver \
        ottawa calgary mexico_city cancun havana bogota lima santiago buenos_aires sao_paulo rio tokyo osaka kyoto \
        beijing shanghai hong_kong shenzhen guangzhou taipei seoul busan bangkok hanoi saigon manila jakarta bali \
        kuala_lumpur mumbai=bombay delhi=new_delhi bangalore=bengaluru chennai=madras kolkata=calcutta \
        hyderabad pune \
        ahmedabad jaipur karachi lahore islamabad dhaka kathmandu colombo dubai abu_dhabi doha riyadh tehran baghdad \
        beirut jerusalem tel_aviv cairo casablanca tunis nairobi lagos accra johannesburg cape_town sydney melbourne \
        brisbane perth adelaide auckland wellington
        california texas florida ohio michigan illinois pennsylvania virginia georgia_state maryland massachusetts \
        arizona nevada utah colorado oregon idaho montana wyoming kansas nebraska iowa missouri arkansas louisiana \
        mississippi alabama tennessee kentucky indiana wisconsin minnesota north_carolina south_carolina \
        north_dakota \
        south_dakota new_jersey new_mexico new_hampshire vermont maine connecticut rhode_island delaware \
        alaska hawaii \
        oklahoma west_virginia
        english german french spanish italian portuguese dutch russian polish chinese=mandarin cantonese japanese \
        korean arabic hebrew hindi urdu bengali tamil telugu turkish greek swedish norwegian danish finnish latin \
        vietnamese thai swahili persian=farsi czech hungarian romanian ukrainian
        english_language dollar=usd=dollars=bucks euro=eur=euros pound=gbp=pounds=sterling=quid yen=jpy \
        franc=chf=francs \
        rupee=inr=rupees yuan=cny=rmb ruble=rub=rubles peso=mxn=pesos aud cad nzd sek nok dkk \
        krona=kronor real=brl won=krw \
        shekel=shekels dinar lira=lire zloty=pln forint baht bitcoin=btc ethereum=eth=ether dogecoin litecoin
        visa mastercard amex=american_express paypal maestro venmo apple_pay google_pay discover_card \
        zelle stripe klarna \
        swift_transfer sepa
        chase citibank=citi wells_fargo hsbc barclays santander revolut monzo n26 deutsche_bank capital_one usaa \
        bank_of_america
        facebook instagram twitter snapchat tiktok whatsapp telegram youtube linkedin pinterest reddit \
        tinder discord \
        slack quora skype zoom_meeting signal_app wechat
        google microsoft apple amazon netflix tesla ibm oracle intel amd nvidia samsung sony huawei xiaomi nokia \
        walmart target_store costco ikea uber lyft airbnb ebay alibaba flipkart etsy shopify
        iphone=ios android windows linux=ubuntu=debian mac=macos=macbook chromebook blackberry ipad
        ubuntu debian fedora centos arch_linux mint_linux
        chrome firefox safari edge_browser opera_browser internet_explorer
        gmail outlook yahoo_mail=yahoo icloud hotmail protonmail
        excel word_document powerpoint google_sheets google_docs notion
        python java javascript typescript rust golang ruby php perl scala kotlin haskell matlab fortran cobol lua \
        swift_code objective_c elixir erlang clojure julia_language r_language
        react angular vue svelte django flask rails spring_boot laravel
        mysql postgres=postgresql sqlite mongodb redis oracle_database mariadb cassandra dynamodb elasticsearch
        aws azure gcp=google_cloud heroku digitalocean
        docker kubernetes terraform ansible jenkins
        git svn mercurial
        xbox playstation=ps4=ps5 nintendo=wii
        red blue green yellow orange purple=violet pink black white brown gray=grey gold silver turquoise beige
        breakfast lunch dinner=supper brunch dessert snack
        cat dog horse cow pig sheep goat rabbit hamster parrot snake turtle fish duck lion tiger elephant bear \
        wolf fox monkey
        apple_fruit banana orange_juice grape strawberry cherry peach pear mango pineapple watermelon lemon lime
        beef pork chicken lamb tomato onion carrot mushroom pumpkin pea=peas spinach broccoli cabbage corn \
        turkey_meat fish_dish salmon tuna shrimp tofu
        rice pasta bread potato potatoes noodles beans lentils
        milk water juice coffee tea beer wine soda vodka whiskey rum
        pizza burger sushi taco burrito salad soup sandwich curry lasagna
        piano guitar violin drums flute trumpet cello saxophone
        football soccer basketball baseball tennis golf hockey cricket rugby volleyball swimming boxing chess
        car bus train plane=airplane bike=bicycle motorcycle boat ship truck taxi=cab
        mercury venus earth mars jupiter saturn uranus neptune pluto moon sun
        hydrogen helium oxygen nitrogen carbon iron copper zinc sodium potassium calcium magnesium chlorine aluminum
        aspirin ibuprofen paracetamol=acetaminophen=tylenol advil penicillin amoxicillin insulin metformin morphine
        diabetes cancer asthma pneumonia malaria cholera measles tuberculosis hepatitis migraine stroke \
        arthritis anemia
        cough fever headache nausea rash
        heart lung=lungs liver kidney=kidneys stomach brain skin knee=knees shoulder elbow ankle wrist \
        hip neck back_pain \
        eye=eyes ear=ears nose tooth=teeth throat
        vitamin_a vitamin_b vitamin_c vitamin_d vitamin_e vitamin_k
        bachelor master_degree phd mba
        christian=christianity=christmas muslim=islam=islamic hindu=hinduism jewish=judaism buddhist=buddhism
        easter christmas halloween thanksgiving diwali ramadan hanukkah new_year
        obama trump biden clinton bush_president putin merkel macron modi gandhi
        democrat=democrats=democratic_party republican=republicans
        father=dad mother=mom=mum brother sister son daughter uncle aunt grandfather=grandpa \
        grandmother=grandma cousin \
        nephew niece
        plumber electrician lawyer doctor dentist nurse teacher engineer accountant
        physics chemistry biology mathematics=math=maths history_class geography economics psychology philosophy
        gallon=gallons liter=liters=litre=litres pint=pints quart=quarts cup=cups ounce=ounces=oz \
        tablespoon=tablespoons \
        teaspoon=teaspoons
        inch=inches foot=feet yard=yards mile=miles meter=meters=metre=metres kilometer=kilometers=km centimeter=cm
        celsius fahrenheit kelvin
        kg=kilogram=kilograms=kilo lb=lbs gram=grams ton=tons stone_weight
        flight=flights hotel=hotels rental_car=car_rental cruise
        passport visa_application driver_license=drivers_license=driving_license id_card birth_certificate
        credit_card debit_card gift_card sim_card
        checking savings mortgage
        electricity=electric_bill gas_bill water_bill internet_bill=phone_bill
        username password=passcode pin=pin_code email_address phone_number
        pdf docx jpeg=jpg png mp3 mp4 gif svg
        json xml yaml csv html markdown
        monday_morning
        kitchen bathroom bedroom living_room garage garden basement
        oven fridge=refrigerator freezer microwave dishwasher washer dryer
        gasoline=petrol diesel
        leo virgo libra scorpio sagittarius capricorn aquarius pisces aries taurus gemini
        """
}
