import './activation.test';
import './demo.test';
import './language.test';
import './editor.test';
