/// Pairs of questions in English, written for these tests: one of each line must not be served for the other, or may.
enum EnglishPairs {
    static let differing = """
        How do I enable dark mode? | How do I disable dark mode?
        turn on the porch light | turn off the porch light
        Switch the notifications on | Switch the notifications off
        How can I open a savings account? | How can I close a savings account?
        Steps to log in to the portal | Steps to log out of the portal
        Can I upgrade my seat? | Can I downgrade my seat?
        How do I increase the font size in Word? | How do I decrease the font size in Word?
        Where do I upload my tax form? | Where do I download my tax form?
        How to encrypt a file with gpg | How to decrypt a file with gpg
        What is the maximum dose for adults? | What is the minimum dose for adults?
        What is the arrival time of flight to Oslo? | What is the departure time of flight to Oslo?
        How do I import contacts? | How do I export contacts?
        How do I block a caller? | How do I unblock a caller?
        Can I lock my card? | Can I unlock my card?
        How to install the driver | How to uninstall the driver
        I lost my wallet | I found my wallet
        How do I add a user to the group? | How do I remove a user from the group?
        how do I sell my shares | how do I buy my shares
        Why did the price rise? | Why did the price fall?
        Which foods raise blood pressure? | Which foods lower blood pressure?
        What are the benefits of fasting? | What are the risks of fasting?
        Is the museum open on Sundays? | Is the museum closed on Sundays?
        How do I accept the invitation? | How do I decline the invitation?
        Should I take it before meals? | Should I take it after meals?
        What is the highest mountain in Peru? | What is the lowest mountain in Peru?
        How to gain weight quickly | How to lose weight quickly
        How do I connect the printer? | How do I disconnect the printer?
        What causes migraines? | What cures migraines?
        How do I subscribe to the newsletter? | How do I unsubscribe from the newsletter?
        zoom in on the map | zoom out on the map
        Sort the list in ascending order | Sort the list in descending order
        Is this snake dangerous? | Is this snake safe?
        How do I mute the group? | How do I unmute the group?
        When does the sale start? | When does the sale end?
        domestic shipping rates | international shipping rates
        Is a credit card needed? | Is a debit card needed?
        How can I check in online? | How can I check out online?
        Is it legal to record calls? | Is it illegal to record calls?
        Do I need the older version? | Do I need the newer version?
        Convert the string to uppercase | Convert the string to lowercase
        synchronous calls in Swift | asynchronous calls in Swift
        Is the tap water hot? | Is the tap water cold?
        Is the pool indoors? | Is the pool outdoors?
        Pay at least 50 dollars | Pay at most 50 dollars
        Do all employees get a bonus? | Do some employees get a bonus?
        rooms with more than two beds | rooms with less than two beds
        Is the report due daily? | Is the report due weekly?
        Can both parents sign? | Can either parent sign?
        Delivery within 3 days | Delivery after 3 days
        How far is it from Rome to Naples? | How far is it from Naples to Rome?
        Convert euros to dollars | Convert dollars to euros
        translate English to French | translate French to English
        Move money from savings to checking | Move money from checking to savings
        Does a lion eat a crocodile? | Does a crocodile eat a lion?
        Can Anna sue Peter? | Can Peter sue Anna?
        migrate from Postgres to MySQL | migrate from MySQL to Postgres
        convert PDF into Word | convert Word into PDF
        Is Java faster than Python? | Is Python faster than Java?
        Trains from Leeds to York | Trains from York to Leeds
        What is the capital of Australia? | What is the capital of Austria?
        Flights to Madrid in May | Flights to Lisbon in May
        How do I reset my Instagram password? | How do I reset my Facebook password?
        the weather in Boston on Monday | the weather in Boston on Tuesday
        Is ibuprofen safe in pregnancy? | Is aspirin safe in pregnancy?
        Who wrote Hamlet? | Who wrote Macbeth?
        How old is Serena Williams? | How old is Venus Williams?
        sort a list in Python | sort a list in Java
        Install Docker on Ubuntu | Install Docker on Windows
        What does fluoxetine do? | What does sertraline do?
        the red version of the shirt | the blue version of the shirt
        recipe for chicken soup | recipe for tomato soup
        Exchange rate of the yen | Exchange rate of the euro
        How do I train a poodle? | How do I train a beagle?
        When is Easter? | When is Christmas?
        Do you deliver in March? | Do you deliver in April?
        Is Verizon down? | Is Comcast down?
        my sister's birthday | my brother's birthday
        Who is the CEO of Nestle? | Who is the CEO of Danone?
        Do you ship to Norway? | Do you ship to Sweden?
        Is the gym open for breakfast? | Is the gym open for lunch?
        When does the store open? | Where does the store open?
        How much is the ticket? | How many is the ticket?
        Who invented the telephone? | When did he invent the telephone?
        When did the war begin? | Why did the war begin?
        How long is the river? | How old is the river?
        Is the office open today? | Is the office open tomorrow?
        Who won last week? | Who won this week?
        my bill for last month | my bill for next month
        What did the index do yesterday? | What did the index do today?
        Explain recursion as JSON | Explain recursion as a table
        Describe the plan in one sentence | Describe the plan in detail
        Write a sort in Python | Write a sort in Rust
        What does "break a leg" mean? | What does "hit the sack" mean?
        Replace "foo" with a space | Replace "bar" with a space
        Translate “good morning” | Translate “good night”
        Cancel order 4411 | Cancel order 4412
        Take 2 pills a day | Take 3 pills a day
        A loan over ten years | A loan over twenty years
        Is 5 mg enough? | Is 10 mg enough?
        The meeting at 3 pm | The meeting at 4 pm
        What is HTTP 404? | What is HTTP 500?
        Chapter IV summary | Chapter III summary
        Why does build-a12 fail? | Why does build-a13 fail?
        open config.yaml | open config.json
        What is ISO9001? | What is ISO14001?
        Is smoking allowed here? | Is smoking not allowed here?
        Can I travel with a visa? | Can I travel without a visa?
        Why does my phone charge? | Why doesn't my phone charge?
        I have paid the invoice | I have never paid the invoice
        How do I reset my password on the site? | Wie kann ich mein Passwort auf der Seite zurücksetzen?
        Where is my order and when will it be here? | Où est ma commande et quand est-ce que je vais la recevoir ?
        """

    static let alike = """
        How do I reset my password? | I forgot my password, how can I reset it?
        What is the capital of France? | Tell me the capital of France
        How can I cancel my subscription? | I want to cancel my subscription
        Where is my order? | Can you tell me where my order is?
        What are your opening hours? | When are you open?
        How do I return an item? | What is your return policy for items?
        How do I change my email address? | I need to update my email address
        Is there a fee for withdrawals? | Do you charge for withdrawing cash?
        How long does shipping take? | When will my package arrive?
        How do I delete my account? | I'd like to remove my account
        Is my data safe? | How secure is my data?
        What's the best way to learn Spanish? | How can I learn Spanish well?
        How do I boil eggs? | What is the way to boil eggs?
        Who wrote Hamlet? | Who is the author of Hamlet?
        Can I pay with PayPal? | Do you accept PayPal?
        Can I bring my dog? | Are dogs allowed?
        How do I contact support? | How can I reach customer service?
        My card was declined | Why was my card declined?
        I can't log in | How do I log in?
        My screen is frozen | The screen froze
        How do I turn the light off? | How do I turn off the light?
        Please switch the heating on | Please switch on the heating
        What is the weather like in Paris today? | How's the weather today in Paris?
        how do i get from Berlin to Munich by train | how do I get by train from Berlin to Munich
        What are the differences between Java and Python? | What are the differences between Python and Java?
        Which is better, tea or coffee? | Which is better, coffee or tea?
        How do cats and dogs differ? | How do dogs and cats differ?
        Explain photosynthesis | Can you explain photosynthesis please?
        Thanks! What time is it? | What time is it?
        How many people live in Tokyo? | What is the population of Tokyo?
        What does ASAP mean? | What is the meaning of ASAP?
        How do I fix error E42? | How can error E42 be fixed?
        I did not receive my parcel | My parcel has not arrived
        I don't know how to pay | How do I pay?
        Do you ship to Canada? | Is shipping to Canada possible?
        What are symptoms of the flu? | What are the signs of flu?
        Is it going to rain tomorrow? | Will it rain tomorrow?
        show me flights to Rome in June | I'm looking for flights to Rome in June
        Set an alarm for 7 am | Wake me up at 7 am
        It looks wrong | It doesn't look right
        Can I get a refund within 30 days? | Is a refund possible within thirty days?
        How do I enable two-factor authentication? | How can I activate two-factor authentication?
        How much does the premium plan cost? | What is the price of the premium plan?
        How do I purchase a ticket? | How do I buy a ticket?
        remove an item from my cart | delete an item from my cart
        What's the difference between HTTP and HTTPS? | What is the difference between HTTPS and HTTP?
        What is "machine learning"? | What is machine learning?
        Wich phone is best? | Which phone is best?
        how to reverse a sting in python | how to reverse a string in python
        WHERE IS MY REFUND | where is my refund?
        How do I merge two branches in git? | How can two branches be merged in git?
        I need a doctor's appointment | I'd like to make a doctor's appointment
        my internet is slow | Why is my internet slow?
        When was the Eiffel Tower built? | In what year was the Eiffel Tower built?
        How tall is Mount Everest? | What is the height of Mount Everest?
        How do I block someone on WhatsApp? | How can I block a person on WhatsApp?
        Can you recommend a good book? | Could you suggest a good book?
        what is 2FA | What is 2fa?
        How do I get rid of ants? | What gets rid of ants?
        Is aspirin safe for children? | Can children take aspirin?
        I lost my card, can you help? | Help, my card is lost
        Is parking free? | Do I have to pay for parking?
        How do I start a business? | How can I begin a business?
        What is the minimum wage in Texas? | How much is the minimum wage in Texas?
        Is there a discount for students? | Do students get a discount?
        can you make that one bigger | can you make that bigger
        How do I write a cover letter? | Tips for writing a cover letter
        Does insurance cover rental cars? | Are rental cars covered by insurance?
        Why is the sky blue? | What makes the sky blue?
        Convert 5 km to miles | How many miles are 5 kilometers?
        Hi, where can I find my invoice? | Where do I find my invoice?
        I would like to speak to a human | Let me talk to a person
        How do I change the language to French? | How can I set the language to French?
        My flight was cancelled, what now? | What do I do if my flight is cancelled?
        What happens if I miss a payment? | What if I miss a payment?
        Do I need a visa for Japan? | Is a visa required for Japan?
        """
}
