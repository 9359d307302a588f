import { wordSet, words } from './word-list.ts';

/** Frequent given names in the United States, lower case. */
export const givenNames = words(`
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan
jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank
patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter
noah jeremy christian keith roger terry gerald harold sean austin carl arthur lawrence dylan jesse jordan
bryan billy joe bruce gabriel logan albert willie alan juan wayne elijah randy roy vincent ralph eugene
russell bobby mason philip louis harry phillip howard fred martin alfred leonard stanley ernest leon norman
clarence earl francis melvin theodore frederick herbert calvin lloyd warren glenn clifford leroy curtis
marvin edwin darryl derek travis victor marcus derrick maurice antonio miguel luis carlos pedro manuel
francisco jesus alejandro ricardo fernando javier rafael eduardo sergio roberto ramon enrique raul mario
oscar ruben armando jaime julio hector angel salvador alberto arturo guillermo felipe ignacio pablo diego
santiago mateo sebastian leonardo emilio esteban tomas andres joaquin lorenzo gustavo rodrigo hugo ivan
omar ahmed mohammed muhammad mohamed ali hassan hussein ibrahim yusuf khalid tariq samir karim rashid amir
hamza bilal farid nabil wei ming jun hao chen lei feng hiroshi kenji takashi akira satoshi yuki haruto
raj rajesh suresh ramesh anil sunil vijay sanjay amit rahul rohit ashok prakash deepak manoj arjun vikram
anand ravi kumar dinesh mahesh krishna hari gopal naveen kiran sandeep pradeep minh duc tuan hung quang
thanh dung bao vinh nam long khoa thao linh huong lan mai trang nga hoa phuong thuy hanh ngoc kim
igor sergei dmitri vladimir nikolai boris alexei mikhail yuri oleg pavel andrei viktor ivan anton stefan
lars erik sven nils anders bjorn olaf magnus henrik gunnar kofi kwame kwabena emeka chidi chinedu obinna
tunde femi segun ade oluwaseun babatunde tyrone jamal darnell deshawn malik terrell lamar kareem demetrius
tremaine marquis andre reginald cedric clyde floyd elmer chester herman virgil homer wilbur otis alvin
roland edgar gilbert gordon sidney milton hubert cecil claude everett lester luther nelson perry rodney
stuart vernon wesley willard alton amos archie barry bennie bernard bert bradley brent brett byron cameron
casey chad clayton clinton cody cole colin connor corey craig dale dallas dalton damon dane darius darrell
darren dave dewey dominic don donnie doyle duane dustin dwayne dwight eddie eli elias elliott ellis emmanuel
emmett erick ernie evan ezekiel ezra felix fletcher forrest franklin freddie garrett gavin geoffrey gerard
giovanni grady graham greg guy harlan harley harrison harvey hayden heath hunter ian irvin irving isaac
isaiah israel jackson jake jared jarrod jasper jay jeff jeremiah jermaine jerome jim jimmie jimmy joel
johnathan johnny jon jonah josiah julian julius karl keegan kelvin ken kendall kent kerry kirk kurt lance
landon leland leo levi lewis liam lionel lonnie lowell lucas luke lyle mack marion marlon marshall marty
maxwell max micah mickey mike mitchell monte morgan morris moses myron nathaniel neal neil ned nick nolan
norbert oliver orlando orville owen parker percy pete quentin quincy ramiro randall randolph reuben rex
rick ricky robbie robin rocco roderick rogelio roman ron ronnie rory ross rudolph rudy rufus russ sam
sammy saul seth shane shannon shaun shawn sheldon sherman silas simon solomon spencer stacy stephan steve
stewart ted teddy terence terrance thaddeus theo tim toby todd tom tommie tommy tony tracy trent trevor
tristan troy ty tyson ulysses vance vaughn vern wade wallace wendell wilfred will wyatt xavier zachariah
zane ezequiel abraham abel adrian alec alex alexis alfonso alfredo allan allen alonzo ambrose aiden asher
axel beau caleb carter chance colton cooper cyrus damian declan desmond easton emerson enzo finn gael
grayson greyson holden hudson jace jaden jaxon jayden kai kaden kayden knox lincoln maddox marco micheal
miles milo nash nico phineas preston quinn reid rhett river rowan ryder sawyer tanner tobias tucker zion
gus gabe hank chuck bud buddy bob ben bill dan danny doug ed hal jorge lenny lou manny matt mitch moe nate
nat ollie phil ray rich rob rod sal sid stan vic vince walt wes zach zeke abe al andy artie charlie chris
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra
ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura
cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison
frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle
beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori jane marjorie mildred
gertrude edith ethel florence hazel thelma lucille edna agnes bertha ida irene josephine lillian pauline
bernice rosemary eleanor elaine lois norma phyllis wanda yvonne anita sylvia geraldine loretta eunice
bessie minnie mabel myrtle opal pearl viola vera velma willa winifred wilma zelda ada alma alberta annie
antoinette arlene audrey beatrice belinda bella bernadette bertie beth bethany betsy blanche bonnie bridget
camille candace candice carla carmen carmela caroline carrie cassandra cecelia cecilia celeste celia
charlene chelsea cherie christy claire clara claudia colleen concetta connie consuelo cora courtney crystal
cristina daisy dana daphne darlene dawn deanna debbie delia della delores denise desiree dianne dina dixie
dolores dora dorothea eileen elena elisa elise ella ellen eloise elsa elsie elvira emilia erica erika erin
erma ernestine esmeralda esperanza essie estella estelle esther etta eva eve faith fannie faye felicia
fern flora fran francine freda frieda gail gayle genevieve georgia georgina gina ginger gladys glenda greta
guadalupe gwen gwendolyn harriet hattie heidi henrietta hilda holly hope ilene ingrid inez ines iris isabel
isabelle ivy jackie jan jana janelle janie janine jeanette jeanne jeannie jenna jennie jenny jessie jill
jo joann joanna joanne jocelyn jodi jodie johanna johnnie jolene josefina josie joy juana juanita julianne
juliet justine kara kari karla kate katelyn kathy katie katrina kay keisha kelli kellie kendra kerri kim
krista kristen kristi kristin kristina kristine kristy krystal lana latasha latoya laurie laverne leah
leann leigh lela lena leona leslie leticia lila lillie lily lindsay lindsey liz liza lola lorena lorraine
lottie louise lourdes lucia lucinda lucy luella lula luz lydia lynda lynette lynn lynne mable mae magdalena
maggie mamie marcella marcia margarita margie margo marguerite marian marianne maribel maricela marina
marisa marisol marissa marlene marsha marta maryann mattie maureen mavis maxine may melanie melinda melody
mercedes meredith mia michele mindy minerva miranda miriam misty moira molly mona monica monique muriel
myra myrna nadia nadine naomi natasha nellie nettie nichole nikki nina noelle noemi nora noreen norah
octavia olga olive ollie ora paige pam pat patrice patsy patti patty paula peggy penelope penny petra
phoebe priscilla queen rachael ramona raquel reba regina rena renee rhoda rhonda rita roberta robyn
rochelle rosa rosalie rosalind rosalyn rosario rose roseann rosemarie rosetta rosie roslyn roxanne ruby
sadie sally sabrina sandy savannah selena selma serena shari sheila shelby shelia shelley shelly sheri
sherri sherrie sherry sheryl silvia simone sofia sonia sonja sonya sophie stacey stacie stella sue summer
susana susanna susie suzanne suzette tabitha tamara tami tamika tammy tania tanisha tanya tara tasha tatiana
taylor teri terri tessa tia tiffany tina toni tonya traci tracey tricia trina trisha trudy twila ursula
valarie valerie vanessa verna veronica vicki vickie vicky viola violet vivian whitney wendy willie yesenia
yolanda yvette zoe zara ava amelia harper mila aria ella scarlett chloe layla riley zoey lillian nevaeh
addison aubrey brooklyn bailey kaylee kennedy peyton skylar mackenzie alyssa gianna aaliyah ariana autumn
eliana gabriella hailey jasmine jade kylie leilani lilly maya mckenna nova paisley piper reagan sydney
trinity willow aisha fatima khadija zainab amina leila layla yasmin noor samira salma priya anjali sunita
anita kavita deepa lakshmi meena radha rekha shanti sita usha asha divya neha pooja shreya ananya mei ling
xiu yan ying hui fang jing li xin yoko keiko naoko sakura hana akiko yumi emiko ji-woo soo-jin min-ji
ngozi chioma adaeze ifeoma amara abena akua efua ama yaa nia imani ebony shanice latisha lakisha shaniqua
tamia deja precious svetlana natalia olena irina ekaterina tatyana ludmila galina oksana anastasia ksenia
astrid freya sigrid solveig annika britta maren birgit ilse heike ursel beatriz ximena valentina camila
mariana renata paloma pilar dolores graciela ofelia rosalinda yadira xiomara milagros belen catalina
marjory dot tillie millie winnie effie lettie nell cleo ozella rosalee jolie thea cordelia imogen maeve
siobhan aoife niamh fiona deirdre sinead ronan cormac declan eamon padraig seamus gwyneth rhys evan dylan
elspeth isla morag callum hamish angus malcolm duncan ewan alistair nigel clive trevor rupert basil cyril
jada kiara raven asia tatum presley sloane blair blake drew devin jamie jody kris lee sage dakota
constance ana anais annette alexandra anne cindy anastacia alexa allie amie amos anabel angelica angelina anneliese april ariel arturo
ashlee augusta augustus aurelia aurora avis babs beau bea belle benita bernadine berta bettie betty beulah bob bo brandi
brandy bree brenna briana brianna brielle brooke bryce caitlin caitlyn callie candy cara carey carissa carlene carly
carlton carole cary caryl cassie cathy cecil chandra charity chasity cherise cheyenne chip chrissy christa christi
christie christoph cicely cindi clarice clarissa claudette claudio claudine clement clint colette conrad corinne
corrine cory cyndi cynthia dan dani daniela danita danna darcy darla daryl davida dayna deana deandre deann debora
debra dee deena delbert delphine demi denis denny dexter diann dillon dion dionne dolly dominick dominique donovan dora
dorian doretha dorthy dot dwain earline earnest eddy edie edmund edna edwina effie eileen elaina eldon eleanora elias
elisha ellie elma elnora elwood ema emil emilie emily emmy enid erich erick errol esmeralda ethelyn etta eugenia
eugenie eustace evangeline everette faye felecia felipa fidel florine forest freeman fritz gaby gale galen garth
gaston gena genaro genesis geri german germaine gerry gigi giles gino giselle gladis glenna gloriana gracie
graciela gretchen griselda gus gustav gwyn hailee hal hallie hana hanna hans harold harris hayley heath helena helene
helga henri hilary hilda hillary hilton hollie horace hosea houston howie hubert humphrey ike ilana ileana imelda ina
india iona ira irma isadora isaias isiah isidore israel issac iva ivana jackson jacky jaclyn jacklyn jacques jaleesa
jalen jamaal janessa janna jannie jarvis jasmin jayne jaylen jayson jeannette jeannine jed jedidiah jena jerald jeri
jerilyn jerrod jett jewel jewell jill joaquina jocelin joel joesph johan johnie jolie jonas joni jordana joshuah josef
josefa josue judi judson julee julianna juli kaitlin kaitlyn kali kandice kandy karina karin karl karlene karolyn karyn
kasey kassandra katelynn katharine kathi kathie kathryne katina katy kaye kaylin keely keenan keri kermit keshia kiera
kip kirby kirsten kitty kory kristal kristopher kristy krystina kurtis kyla kyra lacey laila lamont lance lanny larissa
lashawn lashonda lasonya latanya latonya laurel laurence lauretta lavonne lawanda leandra leanna leanne leda leif
leigha lela lemuel lenora lenore leola leonor leonora leslee lesley letha letitia lidia lila liliana lilian lina linda
lindy linnea linwood lisette liza lizzie loren lorenza loretta lori lorie lorna lorrie louella louisa lourdes lucas
luciana lucien lucius lucretia luisa lupe luther luz lyndon lynda lynnette mabelle mac macy magda magnolia maia malia
malinda mallory malvina mandy manual mara maranda marcel marcelino marci marcy margarite margery margit margot mariah
mariano maribeth marietta marilee marilou marisela marita marjorie marla marley marna marni marquita martina maryann
maryanne maryellen marylou mathew mathilda matilda maud maude mauricio maura max maxime mckenzie meg meghan mei melba
melina mellisa melva melvyn mercedes mercy merle meryl michaela micheal michel michelina mickie mikaela mike mimi mina
mira mireya misti mitzi mohammad moira mollie morton murray myles mya nan nanci nanette natalee natalya natividad ned
nelda nell nelly nestor nettie newton nia nichelle nicholle nicki nickolas nicola nicolas nicolette nikita nikolas
nita noble noe noel noemie nola nona norah noreen norris obadiah octavia odell odessa odette ofelia olin oliva ollie
omer ona oprah ora oren orin orlando osbaldo ottilie otto palmer pansy pasquale patience patrica paulette paulina
pauletta pearlie pedro peter petra phebe philippa phyllis pierre polly porfirio portia prince prudence queenie quinton
rafaela raina raleigh ralph rana raphael rasheed raul raylene raymundo reanna reba reed regan reggie reina reinaldo remy
rene renae renato reva rey reyna rhea rhett rhiannon ricardo rigo rina rosalina rosalia rosalva rosanna rosanne roseanne
roselyn rosemond rosita rowena roxana roxie royce rubin rudolfo ruthie sabina salina sallie salome samara samson sanjuana
santos sarai sasha saundra scot scottie sebrina shana shanna shanta shari sharla sharlene sharron shauna shawna sheena
shelia shelton sherley sherri sherwood shira shirlee sidney sienna skyler sofie sondra sonny stacia stanton starla
stefanie stella stephani stephany stuart sunny sunshine susannah susi suzan suzanna suzi sybil sydney tabatha tad talia
tamera tamra tanner tari taryn tasia tawana tawanda teodoro tera teresita terrie terrilyn tess thaddeus thalia theo
theodora therese theron thomasina thurman tiana tierra tiffani tilda timmy titus tod tomeka tommy toney tonia tori tracie
travon trenton trey trina trinidad tristen trudie tyra tyree ulrich una val valencia valeria valery vaughn velda vena
venus vera verda verlin vernell vernice vernita vicente vickey vida vikki vilma vincenza vincenzo violeta vita viva
wade waldo walker walton wanita ward waylon webster weldon wendi werner wilda wiley wilford wilhelmina wilfredo will
willa willard willis wilma windy winfred winston woodrow yadira yahaira yvonna zachery zack zelma zena zita zola zora
arlen arlo barney barrett barton bev birdie cass cecily clementine cosmo cyrena dashiell delphia edmond
evander evelina ferdinand fergus garret gianni giulia gregor griffin gunther harmony harriett hercules ichiro ingeborg
isobel jadyn jarred jasmina jorgen josephina judah kareena karsten kazuo klaus konrad lachlan leander leonid leopold
linus lorelei lucinda ludwig mairead malachi marcelo mateus mathias matthias maximilian mikhail misha mohamad mustafa
nadiya nasir nikhil nirmala odin orla oskar oswald padma pascal pavan petr phillipa pranav quincy radhika raisa ramesha
raoul reza rohan roisin rosalyn rustam sachin saanvi sahil sameer sana saoirse sarita shabnam shankar shauna sheetal
shlomo sigmund soren srinivas stefania subhash sunita suraj swati tadashi tamar tariq tatum theodor thor timur tobin tomasz
uma vasily veda venkat vidya vinod viraj vladimir waleed wanjiru wolfgang yael yasmine yolonda yosef yuki zahra zainab
zev zofia zsofia
lucian octavio osvaldo wilfredo rigoberto efrain gilberto heriberto humberto isidro leopoldo marisela
`);

export const isGivenName = wordSet(givenNames);
