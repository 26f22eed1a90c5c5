import './activation.test';
import './demo.test';
import './language.test';
import './stack.test';
import './editor.test';
import './models.test';
