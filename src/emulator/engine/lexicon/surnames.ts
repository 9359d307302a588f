import { wordSet, words } from './word-list.ts';

/** Frequent surnames in the United States, lower case. */
export const surnames = words(`
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson
anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis
robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera
campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart
morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim
cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo
sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler
henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds
griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford
castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas henry chen freeman
webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw snyder mason dixon
munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice
schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer
hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong hudson
carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards
contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene
nunez wheeler valdez harper burke larson santiago maldonado morrison franklin carlson austin dominguez carr
lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen harvey williamson gilbert dean sims
espinoza howell li wong reid hanson le mccoy garrett burton fuller wang weber welch rojas lucas marquez
fields park yang little banks padilla day walsh bowman schultz luna fowler mejia davidson acosta brewer may
holland juarez newman pearson curtis cortez douglas schneider joseph barrett navarro figueroa keller avila
wade molina stanley hopkins campos barnett bates chambers caldwell beck lambert miranda byrd craig ayala
lowe frazier powers neal leonard gregory carrillo sutton fleming rhodes shelton schwartz norris jennings
rivas watts duran walters cohen horton nash valencia wu castaneda hoover solis bauer gibbs cline barron
hale mckinney stokes potter lamb atkins pope marsh berg burch mcgee conner barker francis reese sharp
goodman townsend hines hubbard swanson lyons maxwell norton osborne aguirre brady bush mclaughlin floyd
hodges erickson moss robbins zimmerman manning graves moran parsons malone goodwin hammond fitzgerald cross
blake salas yates bowen burgess deleon doyle flynn hogan huff ingram kirk lang logan mack mccarthy mcdaniel
mcguire mckenzie moody mueller mullins nolan obrian owen pacheco page pham poole quinn ramsey roberson rowe
rubio rush serrano shepherd sherman silva skinner steele strickland summers tate thornton trujillo tyler
vaughn velasquez vu wang warner weiss wilkins wilkerson winters wise wolf wolfe york zamora zhang abbott
ali ballard barber baldwin bass becker benson black blair bond boone bowers bradford bridges briggs bryan
buchanan burnett cabrera calderon cannon cardenas cain casey cervantes chandler chang christensen
clarke clayton cobb colon conley conway copeland cummings curry dalton daniel dawson decker dennis drake
duke english enriquez espinosa farmer fischer fitzpatrick francis frank french fuentes gallagher gallegos
galvan gill glover griffith guerra hampton hancock hansen hardy harmon harrington hardin heath hebert henson
hess hobbs hood houston huang hull hutchinson ibarra jefferson jennings keith kent khan klein kramer landry
lara larsen leach leon lin liu lloyd love lozano lynn macdonald macias mann marks massey mathis mccall
mcclure mccormick mcintosh mcintyre mcknight mcmahon mcmillan medrano melendez mercado merritt meyers
miles montoya mora morse morrow moon mosley mullen murillo norman novak nixon ochoa oconnor odonnell oneal
oneill orozco orr owens parks parrish patrick paul pennington phelps pittman pitts pollard pratt preston
proctor pruitt quintero randall randolph rasmussen richmond rivers roach robles rodgers roman rosales
rosario roth roy russo saunders savage schroeder sellers sexton shaffer shannon shah shepard short simon
singleton sloan small snow spears stafford stanton stark stein stephenson stout strong stuart suarez
sweeney swartz terrell terry thompkins tanner todd travis trevino underwood valentine valenzuela vance
vang velez velazquez villa villarreal villegas vincent vinson walls walter waters watkins webster whitaker
whitehead whitney wiggins wiley wilcox wilkinson winter woodard woodward wyatt xiong zavala zuniga
abrams ackerman adkins ahmed akers albert aldridge alford allison alston amador andersen andrade anthony
archer arias ashley atkinson avery ayers baird ballard barlow barr barrera barton batista baxter beard
beasley beltran bender benitez benjamin bentley bernal bernard berger best bird bishop bivens blackburn
blackwell blanchard bland blankenship blevins bolton booker booth bowling bowden boyer boyle bradshaw brandt
bravo brennan britt brock browning bruce brunner bullock burks burris bynum byers cahill calhoun callahan
camacho cameron cantrell cantu carey carlisle carney carrasco carson carver case cash castle castellano
castellanos cates chan chaney chase cherry choi christian chung church clemons cleveland clements cochran
coffey colbert combs compton cooke cooley corbett cordova corona cortes costa courtney cowan crane crosby
crowley crow cuevas cullen dailey daley daly damico darby daugherty davenport davila dejesus delacruz
deleon dempsey diehl dickerson dickson dillard dillon dodson dolan donahue donaldson donovan dorsey dotson
dougherty dudley duffy dugan duncan dunlap duarte durham dyer eaton echols ellison elmore emerson england
english escobar esparza everett ewing farley farrell faulkner felix finch finley fink fitch flanagan
fletcher foley fontaine forbes foreman forrest fountain fowler franco frost fry frye gaines galindo gamble
garner garrison gates gentry gibbons giles gillespie gilmore glass glenn golden goldberg goldstein gomes
good gould grimes gross guidry guthrie haas hahn haley hamm haney hanna hansen harding hargrove harrell
hartman harwood hastings hatfield haynes heller hendrix hendricks henley herman herring hester hewitt
hickman higgins hilton hinton hoang ho hodge hoff holcomb holden holder holley holloway holman holt hong
hooper hopper horn horne house houston hsu hubbard huber huerta huffman humphrey humphries hurley hurst
hutchins hyde irwin irving jaramillo jarvis jacobson jacobsen jamison jeffries joyce justice kaiser kane
kaplan kaufman kay keen keene kemp kenney kerr key kessler kidd kilgore kinney kirby kirkland kline knapp
knowles knox koch kowalski krause krueger kruse kuhn kurtz lacy lake lam lambert lancaster landis lange
langley lankford larkin law le leal leblanc ledford lehman lemon lester levin levine levy lind lindsay
lindsey lindqvist link little livingston locke lockhart loftus lott lovell lowery lucero ludwig lugo lund
luna luu lutz macias mackey madden maddox magana maher mahoney maloney marin marino marion marks marrero
martel matos mattingly maynard mayer mayo mays mcallister mcbride mcclain mcclellan mccabe mccarty mccain
mccullough mcdermott mcdowell mcelroy mcfadden mcfarland mcgowan mcgrath mcgraw mckay mckee mckenna mclean
mcleod mcnamara mcneil mcneill mcpherson mcqueen meadows mehta melton mercer merrill metcalf meza michael
middleton milburn miranda molloy monroe montano monroe moreland morin morton moyer mcmanus murdock nance
nava navarrete neff newell newton nielsen nieves noble noel noonan nowak oakley ocampo odom odell ogden
okafor okeke okoro oneil orourke osborn otero otto pace padgett paine palacios pappas parra pate paulson
peck pedersen peralta perdue person petersen petty pettit pfeiffer pickett pierson pina pineda pinto piper
plummer polk ponce pool poe potts powers prather prince pryor puckett pugh quezada quick quintana quiroz
rains raines rangel rankin rao raymond redd reeves regan reilly rendon rhoades rich richter ricks riggs
ritter roberge robison rocha rodrigues roe rollins romano roper rosas rosen rosenberg rosenthal rossi
rucker ruff rutledge rutherford salgado salinas salter sampson samuel samuels sadler sargent sawyer saylor
schaefer schafer schmitt schreiber schulz schwab seals sears segura self shapiro sharma sheehan sheldon
shields shirley shoemaker shultz sierra simms sinclair slater slaughter sloan snider sparks spence spicer
springer stacy staley starks steinberg steiner stephan sterling stern stiles stinson stoddard stoll story
stovall stratton stroud sturgill sumner swain swan sweet swenson talbot talley tapia tatum teague tharp
thao thomason thorne thorpe thurman tidwell tillman timmons tobin toledo tomlinson toth townes tracy
treadwell trent triplett truong tuttle upton valdes valle vandenberg vanhorn varela varner venable vera
vickers vo vogel vogt voss wagoner walden waldron wall waller walton ware washburn watt weeks weinstein
welsh wendt wheatley whitfield whitley whitlock whitman whitt wick wilder wilkes willard williford willoughby
wills winkler winn winslow witt wolff womack woodruff woodson wooten workman worley worthington wren wynn
yarbrough yoder yoon yost youngblood zapata zeigler ziegler zimmer zhao zhou zhu doe kaur gupta kumar reddy
iyer nair desai joshi verma mishra chatterjee banerjee mukherjee das bose sen ghosh agarwal kapoor malhotra
chopra bhatt trivedi pandey venkataraman subramanian krishnan raman srinivasan natarajan hussain hassan
rahman ahmad mahmoud farouk haddad nasser abdi mohamed mohammed osman ibrahim yusuf abdullah tanaka suzuki
sato watanabe takahashi ito yamamoto nakamura kobayashi yoshida yamada sasaki matsumoto inoue kimura shimizu
hayashi saito mori ikeda hashimoto ishikawa ogawa fujita okada hasegawa goto murakami chu cheng cheung chow
fong fung gao guo han he hou jiang jin kong kwan lai lau leung liang lim liao lo lu luo ma mok ng ong pan
peng qian qiu ren shen shi song su sun tan tang teng tsai tse wan wei wen xie xu yan yao ye yeh yi yin
yip yu yuan yuen zeng zheng bui dang dinh do duong huynh lam ly mai ngo pham phan trinh cho jang jeon jung
kang kwon min moon noh oh paek pak shin yoo ivanov petrov sidorov volkov sokolov popov kuznetsov novikov
kowalczyk wisniewski wojcik kaminski lewandowski zielinski szymanski dabrowski nowicki horvat novotny
dvorak svoboda kovacs szabo nagy papadopoulos pappas moreau dubois laurent lefebvre fournier girard bonnet
delacroix rousseau beaumont chevalier bouchard gagnon tremblay lavoie cote bergeron pelletier ferrari
esposito bianchi romano colombo ricci marino bruno gallo conti deluca mancini rizzo lombardi moretti
andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson lindberg lindgren
bergstrom hagen haugen olsen jorgensen kristensen mcallister macleod mackenzie sinclair drummond okonkwo
adeyemi adebayo balogun eze nwosu obi mensah owusu asante boateng appiah diallo traore kamara sesay
parkinson huntington cushing hodgkin hashimoto babinski abernathy acheson alcott aldrich ambrose appleton ashby ashworth atwood babcock bagley bancroft barclay
barlowe bartlett bascom bellamy benton birch blackwood blaine bledsoe bloom bowles brackett bramwell
brewster brinkley bristow broderick bromley brookshire buckley burdick burnham cadwell calloway cartwright
carmichael chadwick chesterfield claiborne clifton colby colvin conrad coolidge crabtree cromwell culver
dandridge danforth darlington davies delaney denton devlin dewitt dorman draper dunbar dunham dutton
eastman edmonds eldridge ellsworth fairbanks fairchild farnsworth fenton fenwick fielding fulton gable
galloway gannon garfield gaston gentile gilliam godfrey goddard goodrich granger greenwood griffiths
hadley halpern halsey hanley harlow hathaway haven hawthorne hayward heaton hemphill hendrick hensley
herndon hillman hitchcock holbrook hollis hollister holliday horowitz houghton howe hoyt huntley huxley
ingraham jessup judd keating kendrick kensington kimball kincaid kingsley kirkpatrick ladd langford lasalle
latham lathrop leavitt lennox lockwood lowell lyman lytle mabry macklin marlowe mather maguire mayfield
mccrary mckinley mcwilliams merriweather milligan minton moffett montague mooney moseley mulligan nesbitt
newcomb nightingale northrup oakes ogilvie ormond osgood paxton peabody pemberton penrose pickering
pinkney pomeroy prescott putnam quigley radcliffe rafferty ramsay redmond renfro ridley ripley rockwell
roswell rowland royce ruskin sandford satterfield sawtelle schofield seymour shelby sheridan sherwood
sinclair somers spalding sprague standish stanfield stockton sturgis swanwick tabor tennant thackeray
thayer tilden tolliver townley tripp tyson upshaw vandyke wadsworth wainwright wakefield walcott warfield
weatherby wendell westbrook wharton wheelock whitcomb whittaker whittier wickham wilcott winfield winthrop
witherspoon woodbury wycliffe yancey yardley
`);

export const isSurname = wordSet(surnames);
