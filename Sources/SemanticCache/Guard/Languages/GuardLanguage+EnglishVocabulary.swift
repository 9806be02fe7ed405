extension GuardLanguage {
    /// Everyday words in their base forms.
    static let englishVocabulary = Self.englishCoreWords + " " + Self.englishFurtherWords

    private static let englishCoreWords = """
        able accept access accident accord account accurate achieve across act action active actual actually ad add \
        address adjust admin admit adult advance advice advise affect afford afraid again against age \
        agency agent ago \
        agree ahead aid aim air airline airport alarm album alert alive allow almost alone along already alternative \
        although always amaze amount analysis analyze and anger angry animal announce annoy another answer anybody \
        anymore anyone anything anyway anywhere apart apartment app apparent appear appearance application apply \
        appointment appreciate approach appropriate approval approve approximately area argue argument \
        arise arm army \
        around arrange arrangement arrest arrival arrive art article artist aside ask aspect assign \
        assist assistance \
        assistant associate assume assure atm attack attempt attend attention attitude attract audience author \
        authority auto available average avoid await awake award aware away awful baby back background \
        bad bag baggage \
        bake balance ball ban band bank bar base basic basically basis bath battery battle beach bear beat beautiful \
        became because become bed been begin behave behavior behind belief believe belong below benefit \
        beside best bet \
        better beyond big bike bill bird birth birthday bit bite blame blank block blog blood blow board \
        boat body boil \
        bonus book boot border bore born boss both bother bottle bottom box boy brain branch brand bread \
        break breath \
        bridge brief bright bring broad brother browser budget bug build building burn bus business busy \
        button buy buyer \
        cable cake calculate calendar call calm camera camp campaign cancel candidate capable capacity \
        capital captain \
        capture car carbon card care career careful carry case cash cast catch category cause celebrate cell center \
        central centre century certain certainly certificate chain chair challenge champion chance change channel \
        character charge charger chart chat cheap check chemical child choice choose church cinema \
        circle citizen city \
        claim class classic clean clear clearly click client climate climb clock close cloth clothes \
        cloud club coach coast code \
        coffee coin cold collapse collect collection college color column combine come comfort comfortable command \
        comment commit committee common communicate community company compare comparison compete \
        competition complain \
        complaint complete complex complicated compliment component compute computer concept concern \
        concert conclude \
        condition conduct confirm confirmation conflict confuse connect connection consider consist constant contact \
        contactless contain content context continue contract contrast contribute control convenient \
        conversation conversion \
        convert convince cook cool copy core corner correct cost could count counter country county \
        couple courage course court cousin \
        cover crash crazy cream create credit crime crisis critical cross crowd cry culture cup cure \
        curious currency \
        current currently curve custom customer cut cycle daily damage dance danger dangerous dark data \
        database date \
        daughter day dead deal dear death debate debit debt decade decide decision declare decline \
        deduct deep default \
        defeat define definitely degree delay delete deliver delivery demand deny depart department \
        depend deposit depth \
        describe description desert deserve design desire desk desktop despite destination destroy detail detect \
        determine develop developer development device diagnose dial dictionary die diet differ difference different \
        difficult dig digital dinner direct direction director directly dirty disappear discount discover discuss \
        discussion disease dish dispute distance distribute divide divorce dizzy doctor document dog \
        dollar domain door double doubt \
        dozen draft drag drama draw dream dress drink drive driver drop drug dry due duration during \
        dust duty early earn \
        earth ease easily easy eat economic economy edge edit edition editor education effect effective effectively \
        efficient effort egg either elect election electric electronic element else email embarrass \
        emergency emotion emotional employ \
        employee employer empty end energy engage engine engineer engineering enjoy enough enroll ensure \
        enter entire \
        entrance entry environment equal equipment error escape especially essay essential establish \
        estate estimate etc \
        evening event eventually every everybody everyday everyone everything everywhere evidence evil exact exactly \
        exam examine example excellent except exchange excite exclude excuse exercise exist existence \
        expand expect expense \
        expensive experience expert expire expiry explain explanation explore express extend extra \
        extreme eye face fact \
        factor factory fail fair fairly faith fake fall false familiar family famous fan fancy far farm \
        fashion fast fat fault favor \
        favorite favourite fear feature fee feed feedback feel feeling fellow few field fight figure \
        file fill film filter final \
        finally finance financial find fine finger finish fire firm fish fit fix flat flight floor flow \
        flower fly focus \
        follow food foot football force foreign forever forget forgot form formal format former formula \
        forward found \
        foundation frame fraud free freedom freeze frequent frequently fresh friend friendly front fruit \
        fuel full fully \
        fun function fund funny furniture further future gain gallery game garden gas gate gather general generally \
        generate generation gentle get gift girl girlfriend give glad glass global goal god gold good \
        government grab \
        grade graduate grammar grand grant grass great green grocery ground group grow growth guarantee \
        guard guess guest \
        guide guilty gun guy gym habit hair half hall hand handle hang happen happy hard hardly hat hate head health \
        healthy hear heart heat heavy height hell help helpful hide high highly highway hill hire \
        history hit hobby hold \
        hole holiday home homework honest hope horrible hospital host hot hotel hour house household \
        however huge human \
        hundred hungry hurry hurt husband ice idea ideal identify identity ignore ill illegal illness image imagine \
        immediate immediately impact imply important impossible impress improve inch include income \
        incorrect increase \
        incredible indeed independent indicate individual industry infection influence inform \
        information initial injury \
        inner input inquiry inquire insect inside install instance instant instead institute institution \
        instruction insurance \
        insure intelligence intelligent intend interest interesting internal international internet \
        interview introduce \
        invent invest investigate investment investor invite invoice involve island issue item itself \
        jacket job join \
        joint joke journal journey judge juice jump junior just justify keep key kick kid kill kind king \
        kiss kitchen \
        knee know knowledge lab label labor lack lady lake land language laptop large last late lately \
        later latest laugh \
        launch law lawyer lay layer lead leader leaf league leak learn least leave lecture left leg \
        legal lend length less \
        lesson let letter level library licence license lie life lift light likely limit line link lip list listen \
        literature little live load loan local location lock log logic login logo lonely long look loose \
        lose loss lost \
        lot loud love low luck lucky luggage lunch machine magazine magic mail main mainly maintain \
        major make male man \
        manage management manager manner manual manufacture many map mark market marketing marriage \
        married marry mass \
        match material math matter maximum meal mean meaning meanwhile measure meat media medical \
        medicine medium meet \
        meeting member memory mental mention menu merchant mess message metal method middle might \
        military million mind \
        mine minor minute mirror miss missing mission mistake mix mobile mode model modern modify moment \
        money monitor \
        month mood moon morning mortgage mostly mother motion mountain mouse mouth move movement movie \
        multiple muscle \
        music must mystery name narrow nation national native natural nature near nearby nearly necessary neck need \
        negative negotiate neighbor neither nerve nervous network new news newspaper next nice night \
        nobody noise normal \
        normally nose note notes nothing notice notification novel nowadays number nurse object \
        objective obtain obvious \
        obviously occasion occur offer office officer official often oil ok okay old older online onto open operate \
        operation opinion opportunity opposite option orange order ordinary organic organization \
        organize origin original \
        otherwise outcome output outside overall overseas own owner pace pack package page pain paint \
        pair pan paper parent park \
        part participate particular particularly partner party pass passcode passenger passport password past path \
        patient pattern pause pay payday payment peace peak pen pending people per percent perfect \
        perform performance \
        perhaps period permanent permission permit person personal personality personally phone photo \
        phrase physical \
        pick picture piece pilot pink pipe place plan plane planet plant plastic plate platform play \
        player playlist plenty plot \
        plug plus pocket poem point poison police policy polite political politician politics poll \
        pollution pool poor \
        popular population position positive possess possession possibility possible possibly post postal potential \
        pour poverty power powerful practical practice prefer preference pregnant prepare present \
        presentation president \
        press pressure pretty prevent previous previously price pride primary print printer prior \
        priority prison privacy \
        private prize probably problem procedure proceed process produce product production profession professional \
        professor profile profit program programme programming progress project promise promote proof \
        proper properly property \
        propose protect protection protein proud prove provide provider province psychology public \
        publish pull purchase \
        pure purpose push put qualify quality quantity quarter question quick quickly quiet quit quite \
        quote race radio \
        rain raise random range rank rapid rare rate rather rating ratio raw reach react read reader \
        ready real reality \
        realize really reason reasonable recall receipt receive recent recently recharge recipe \
        recognize recommend record \
        recover recovery reduce refer reference reflect refund refuse regard region register \
        registration regret regular \
        regularly reject relate relation relationship relative relax release relevant reliable relief \
        religion religious \
        remain remaining remember remind reminder remote remove rent repair repeat replace replacement \
        reply report represent \
        republic reputation request require requirement rescue research reservation reserve reset resident resist \
        resolve resource respect respond response responsibility responsible rest restaurant restore restrict \
        restriction result resume retail retire retirement return reveal revenue reverse revert review \
        reward rice rich rid \
        ride right ring rise risk river road robot rock role roll room root rough round route routine \
        row royal rule run \
        rush sad safe safety sake salary sale sample satisfy save saving say scale scam scan scared \
        scene schedule scheme school \
        science scientific scientist score screen sea search season seat second secret section sector \
        secure security see \
        seed seek seem select selection self sell seller send senior sense sensitive sentence separate \
        sequence series \
        serious seriously serve server service session set setting settle setup several severe sex \
        sexual shade shake \
        shape share sharp sheet shelf shift shine ship shipment shipping shirt shock shoe shoot shop \
        shopping short shot \
        should shoulder shout show shower shut sick side sight sign signal significant silent silly \
        similar simple simply \
        since sing single sink sir sister sit site situation size skill skin skip sky sleep slice slight \
        slightly slip \
        slow small smart smell smile smoke smooth snow social society soft software soil solid solution \
        solve somebody \
        somehow someone something sometime sometimes somewhere son song soon sorry sort soul sound soup source space \
        spare speak speaker special specialist specific specifically speech speed spell spend spirit \
        split sport spot \
        spread square staff stage stand standard star start startup state statement station statistics \
        status stay steal \
        step stick still stock stole stolen stomach stone stop storage store story straight strange \
        stranger strategy stream street \
        strength stress stretch strict strike string strip strong structure struggle student study stuff \
        stupid style \
        subject submit succeed success successful such sudden suddenly suffer sugar suggest suggestion \
        suit suitable sum \
        summary summer sun supply support suppose sure surface surgery surprise survey survive suspect \
        suspicious sweet swim \
        switch symbol symptom system table tablet tail take talent talk tall tank tap target task taste \
        tax taxi tea teach \
        teacher team tear technical technique technology teen telephone television tell temperature \
        temporary tend term \
        terrible test text thank theme themselves theory therapy thick thin thing think third thought \
        thousand threat \
        throat through throughout throw thus ticket tie tight till time timer tiny tip tire title today \
        together tomorrow \
        tone tonight tool tooth top topic topup total touch tough tour tourist toward town toy track \
        trade traditional \
        traffic train training transaction transfer transform translate transport trash travel treat \
        treatment tree trend \
        trial trick trip trouble truck true truly trust truth try tune turn tv twice twist type typical ugly unable \
        uncle under understand unexpected unfortunately union unique unit universe university unknown unless unlike \
        until unusual update upgrade upload upper upset urban urgent usage use useful user usual usually vacation \
        vaccine valid valuable value variety various vary vast vehicle verification verify version via \
        victim video view \
        village violence virtual virus visible vision visit visitor visual voice volume volunteer vote \
        wage wait wake \
        walk wall wallet want war warm warn wash waste watch water wave way weak wealth weapon wear \
        weather web website \
        wedding weekend weekly weigh weight weird welcome well west whatever wheel whenever whether \
        whichever whisper \
        whole wide wife wifi wild will win wind window wine winner winter wire wise wish within \
        withdrawal woman wonder \
        wonderful wood word work worker world worried worry worse worst worth worthy write writer wrong \
        yard yeah year \
        yellow yesterday young yourself youth zero zone ought upon among amongst nor else such much many lots \
        mine yours ours theirs let lets gonna wanna gotta dont hey yes nope thx pls plz asap faq info id
        """

    private static let englishFurtherWords = """
        acceptable achievement acquire adapt additional admire adopt advertise alarm alike ambitious analyze ancient \
        angle anniversary anxiety anxious apologize app appeal appetite applicant apps aptitude arrow ash asleep ate \
        atom attach attend attractive auction automobile await awkward bachelor badge bakery barely bargain barrier \
        basket battle beauty became beg began begun behave bend beneficiary bilingual billing birthday bit bitten \
        blanket blend blew blind blog bloom blown boost bot bother bounce bound bowl brave bred breed brick bride \
        broke broken broker brought brush btw bubble bucket built bump bunch burnt burst bury bypass calm came \
        cancel candy canvas cap caught cave cease ceiling cell champion chapter charity charm chase chatbot chew \
        chief chill chip chore chose chosen chunk cinema clarify clever cliff cloth clue coating collar comedy \
        commence comparable compensate compensation compile complicate compose compound comprehend compute conceal \
        conceive concise conclude concrete confess confidence confident consent consequence conserve constitute \
        construct consult consume consumer consumption contest convey correspond corrupt cost cough council courtesy \
        craft crawl creature credential crew crop cruel crush curious curve cushion cut cute cyber dare dawn deaf \
        dealt decent deck declare decorate dedicate deeply defect delicate delicious delight demonstrate dense \
        depress derive despise destiny detain devote dialog dictate did digest dignity dim dimension dip disabled \
        disaster discipline dismiss disorder display dispose dissolve distinct distinguish divine dock donate \
        donation done donor dose dot drain dramatic drank drawn dreamt drew drift drill driven drove drown drunk dug \
        durable dye eager ear earnings eaten echo elder elegant eliminate email embed emerge emit emphasis encounter \
        encourage endure enforce enhance enormous entertain enthusiasm entitle envelope equip era erase essay ethic \
        evaluate eventual evident evolve exceed excess exclusive execute exhaust exhibit exotic expectancy expedite \
        experiment explode exploit export expose extract fabric facility fade faint fallen fame fantastic fare \
        fascinate fasten fate favourable feather fed federal fell felt feminine fence fever fiction fierce flag \
        flash flavor flavour fled flesh flew flexible float flood flown fluent fluid foam fold folk fond fool \
        forecast forest forgave forgive forgiven fork fortune foster fought fraction fragile frequent frighten froze \
        frustrate fulfill fundamental funeral gadget gadgets gang gap garage gather gave gaze gear gender gene \
        genius genre genuine gesture ghost giant given globe glory glove glow gone got gotten grace gradual graph \
        grave gravity greet grew grief grind grip gross grown guideline guilt hack hammer handy harm harsh harvest \
        haul hazard heal heard heaven held hence hero hesitate hid hidden hint hip horn horror hug hung hunt hurt \
        hybrid hygiene identical idle illusion immigrant immune imply impose impulse incentive incident incline \
        inflate info inherit inject inn innocent insane insert insight inspect inspire instinct insult intact \
        intellect intense interact interfere interior interpret interrupt interval intimate invade inverse isolate \
        itch jail jaw jealous jewel journalist joy jury keen kept knew knife knock knot known ladder laid lamp lane \
        lap latter lazy leaflet lean leapt learnt leather led left legacy legend legit lens lent liberal limb lit \
        lobby logical loop lost loyal lump lung luxury made magnet makeup mankind margin marine mask massive mate \
        mature mayor meant meantime mechanic mechanism melt merchant mercy mere merge merit met mild mill mimic \
        miracle misery mislead mixture moderate modest moist molecule monthly moral motive mount mud multiply murder \
        mutual myth naked nasty nationality navigate neat neglect nephew nest neutral newsletter niece noble \
        nominate norm nuclear numerous nursery nutrition oath obey oblige obscure observe obstacle obvious odd \
        offend okay onion online optional orient outcome outlet outline outlook outstanding oven overcharge overcome \
        overlap overlook overwhelm oxygen paid palace pale palm panel panic parallel pardon particle passion passive \
        paste patch patience patrol pattern pave peace peculiar peer penalty perceive perfume persist persuade phase \
        phenomenon philosophy physics pile pill pillow pin pit pitch pity plain plea pledge plumbing poet pole \
        polish pond portable portion portray possess poster pot pound praise pray precaution precious precise \
        predict pregnancy premium prescribe prescription presence preserve prestige presume pretend prevail prey \
        priest princess prior privilege probe proceed prohibit prolong prominent prompt pronoun pronounce propel \
        proportion prospect prosper proved proven province provision provoke psychic publicity pump punch punish \
        pupil puppy pursue puzzle quest queue quit quota racist radical rage raid rally ran rang ranking rape \
        rational react read realm rear rebel reboot rebuild recipient recite reckless reckon recruit recycle redeem \
        reform refresh refuge refusal regime regulate rehearse reimburse reimbursement reinforce reject relate \
        reluctant rely remark remedy remit render renew renovate repay repeal replica reproduce rescue resemble \
        resent reside resign resort restless restrain resume retain retreat retrieve revenge revise revive \
        revolution rhythm ridden ridiculous rifle rigid risen ritual rival roast rob rocket rode roof root rope rose \
        rotate rub rubber rude rug ruin rumor rung rural sack sacred sacrifice said saint salad salt sanction sand \
        sang sat satellite sauce savings saw scale scandal scarce scatter scent scholar scope scratch scream screw \
        script sculpture seal secretary seen segment seize seldom sensation sent sentiment set settlement sew shadow \
        shaken shallow shame shed shell shelter shield shock shone shook shore shot showed shown shrank shrink shut \
        shy sibling sigh silence silk sin sincere skeleton sketch skirt slang slap slave slept slid slope smooth \
        snack snake soak soap sober solar sold soldier sole solo somewhat sophisticated sorcerer sore sought \
        spaceship spam span spark specify specimen spectrum spent sphere spin spite splendid split spoil spoke \
        spoken sponsor spouse sprang spray spread spun spy squeeze stable stain stair stake stale stall stamp stare \
        startle starve static steady steel steep steer stem stereotype stimulate stir stolen stomach stood stool \
        storm strain strand strap strategic straw stroke struck stubborn stuck stung stylish substance substitute \
        subtle suburb sue suicide sung sunk super superb superior supervise supplement supreme surge surplus \
        surrender surround suspend sustain swallow swam swap swear sweat sweep swell swept swift swing sword swore \
        syndrome synthetic tactic tail taken tale tasty taught tempt tenant tender tense tent terminal terrific \
        terrify territory terror testify textbook texture thankful theft thesis thief thigh thorough thought thread \
        threw thrill thrive thrown thumb tide timber tissue toast tobacco toe told tolerate toll tongue torch \
        torture toss towel tower toxic trace trait transit translate transmit transparent trap trauma tray treaty \
        tremble tremendous tribe tribute trigger triumph trivial troop tropical tub tube tuition tutor twin tyre u \
        ui ultimate umbrella undergo understood undertake uniform unlock upcoming ur utility utilize vacant vague \
        vain valley vanish vein venture venue verb verdict verse vessel veteran vibrate vice vicious victory vigor \
        violate visa vital vivid vocabulary vocal void volcano vote voucher vow vulnerable waist wander ward \
        warehouse warrant warrior wealthy weave weed weep went whip whistle wicked widow wing wipe wisdom wit \
        witness wizard woke woken won wore worn worship wound wrap wrist written wrote yell yield zip zone
        """
}
